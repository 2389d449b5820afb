import type { JavaScriptArtifact } from "../../sandbox/artifact.ts";
import { digest } from "../evaluate/digest.ts";
import { applyEdit, type Edit, keepApart, shortestEdit } from "./edit.ts";
import { type Excerpt, excerptOf } from "./excerpt.ts";
import { OPERATORS } from "./operators/catalogue.ts";
import type { Change } from "./operators/operator.ts";
import { type Place, Places } from "./places.ts";
import { parseModule, type Site, sitesOf } from "./syntax.ts";

/** A program with one small fault in it: what the fault is, where it is, and how to put it in. */
export interface Mutant extends Excerpt {
  /** Name of the operator that made it. */
  operator: string;
  /** Where in the user's files the fault is. */
  place: Place;
  /** What makes the mutant's code of the baseline's. */
  edit: Edit;
}

/**
 * Every mutant of first order of an artifact: each operator, applied in each place of the user's own code
 * where it can be. In the order of the code, and no two of them with the same text.
 *
 * R. A. DeMillo, R. J. Lipton and F. G. Sayward (1978), "Hints on test data selection: help for the
 * practicing programmer", IEEE Computer 11(4).
 *
 * @param artifact A bundle with its source map.
 * @param operators Names of the operators to apply; all of them by default.
 * @throws {CupelError} `bad-input` for code that cannot be parsed, or without a source map.
 */
export function mutants(
  artifact: JavaScriptArtifact,
  operators: readonly string[] = OPERATORS.map(({ name }) => name),
): Mutant[] {
  const { code, name } = artifact;
  const places = new Places(artifact);
  const wanted = OPERATORS.filter((operator) => operators.includes(operator.name));
  const found: Mutant[] = [];
  const seen = new Set<string>();
  for (const site of sitesOf(parseModule(code, name), code)) {
    if (isLongLiteral(site)) continue;
    for (const { name: operator, changes } of wanted) {
      for (const change of changes(site)) {
        const place = placeOf(places, site, change);
        if (place === undefined) continue;
        const edit = shortestEdit(code, keepApart(code, change));
        const key = JSON.stringify([edit.start, edit.end, edit.text]);
        const changesNothing = edit.start === edit.end && edit.text === "";
        if (changesNothing || seen.has(key)) continue;
        seen.add(key);
        found.push({ operator, place, edit, ...excerptOf(code, change, change.within ?? change) });
      }
    }
  }
  return found;
}

/**
 * Most characters of a literal that is mutated. A pattern has a mutant for each of its quantifiers, each
 * with the whole of it in its change, so that a long one would take memory by its square.
 */
const MOST_LITERAL = 1000;

function isLongLiteral({ node: { type, start, end } }: Site): boolean {
  return (type === "Literal" || type === "TemplateLiteral") && end - start > MOST_LITERAL;
}

/** Where a change is: where what it replaces was written, or else what that is in. */
function placeOf(
  places: Places,
  { node, parent, grandparent }: Site,
  { start }: Change,
): Place | undefined {
  const around = [node, parent, grandparent].filter((outer) => outer?.type !== "Program");
  for (const at of [start, ...around.map((outer) => outer?.start ?? start)]) {
    const place = places.at(at);
    if (place !== undefined) return place;
  }
  return undefined;
}

/** The mutant as an artifact. It has no source map: its columns are not the baseline's any more. */
export function mutate(
  { code, name }: JavaScriptArtifact,
  { edit }: Pick<Mutant, "edit">,
): JavaScriptArtifact {
  const mutated = applyEdit(code, edit);
  return { kind: "javascript", code: mutated, sha256: digest(mutated), name };
}

/**
 * At most so many of the mutants, spread evenly over the operators and, within each of them, over the
 * code: a systematic sample of the list in that order, W. G. Cochran (1977), "Sampling Techniques", ch. 8.
 *
 * @returns Those that were taken, in the order in which they were given.
 */
export function sample(all: readonly Mutant[], most: number): Mutant[] {
  if (all.length <= most) return [...all];
  const rank = new Map(OPERATORS.map(({ name }, at) => [name, at]));
  const rankOf = ({ operator }: Mutant) => rank.get(operator) ?? OPERATORS.length;
  const byOperator = [...all].sort((left, right) => rankOf(left) - rankOf(right));
  const taken = new Set<Mutant>();
  for (let at = 0; at < most; at++) {
    const mutant = byOperator[Math.floor(((at + 0.5) * all.length) / most)];
    if (mutant !== undefined) taken.add(mutant);
  }
  return all.filter((mutant) => taken.has(mutant));
}
