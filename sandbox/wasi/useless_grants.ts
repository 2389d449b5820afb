import type { Grants } from "../artifact.ts";
import type { CoreDescription } from "./prepare.ts";
import { PREVIEW1_MODULE } from "./preview1/signatures.ts";

/**
 * Why a manifest cannot grant to a module, each the end of a sentence about it: one that asks nothing of WASI
 * has no way to its arguments and files, and whoever grants them believes otherwise.
 */
export function uselessGrants(
  { shape, imports }: Pick<CoreDescription, "shape" | "imports">,
  grants: Grants | undefined,
): string[] {
  if (grants === undefined || shape !== "plain") return [];
  if (imports.some(({ module }) => module === PREVIEW1_MODULE)) return [];
  const why = "of its manifest: it is a core module without WASI, which has none";
  return [
    ...(grants.args.length > 0 ? [`cannot be given the args ${why}`] : []),
    ...(grants.files.size > 0 ? [`cannot be given the files ${why}`] : []),
  ];
}
