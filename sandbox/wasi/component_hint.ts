/** Names by which a component's core module exports what only the canonical ABI has a use for. */
const OF_CANONICAL_ABI = /^(cabi_(realloc|post_.*|import_.*|export_.*)|cm32p2.*|.*#.*)$/s;

/** A name in kebab case, as worlds have it: few compilers make one unless they are asked to. */
const KEBAB_CASE = /^[a-z][a-z0-9]*(-[a-z0-9]+)+$/;

/**
 * What is likely missing where a core module is called as it is though it was made to be a component's, as
 * the end of a sentence about it; undefined where it does not look so.
 *
 * @param names What it exports.
 */
export function componentHint(names: Iterable<string>): string | undefined {
  const isOfComponent = [...names].some((name) =>
    OF_CANONICAL_ABI.test(name) || KEBAB_CASE.test(name)
  );
  if (!isOfComponent) return undefined;
  return "follows the canonical ABI: cupel componentize makes a component of it, with typed exports";
}
