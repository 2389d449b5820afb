import { shortName } from "../listed.ts";
import { ABORT_SIGNATURE } from "./env_abort.ts";
import { PREVIEW1_MODULE, SIGNATURES } from "./preview1/signatures.ts";
import { isSameSignature, type Signature, signatureFrom, signatureText } from "./signature.ts";

/** An import of a core module. */
export interface CoreImport {
  readonly module: string;
  readonly name: string;
  readonly kind: string;
  /** Its type, for a function. */
  readonly signature?: Signature;
}

/** All that a core module may import: the types of functions, by module and name. */
const GRANTED: ReadonlyMap<string, ReadonlyMap<string, Signature>> = new Map([
  [
    PREVIEW1_MODULE,
    new Map(Object.entries(SIGNATURES).map(([name, it]) => [name, signatureFrom(it)])),
  ],
  ["env", new Map([["abort", ABORT_SIGNATURE]])],
]);

/** What can be said of modules that are not granted, and are met. */
const HINTS: Readonly<Record<string, string>> = {
  wasi_unstable:
    "it is the draft that wasi_snapshot_preview1 came of: build with a newer toolchain",
  wasi: "build for wasi_snapshot_preview1",
  "wasi:cli/environment": "build it as a component",
};

/** Why an import is refused, as the end of a sentence about the module; undefined where it is granted. */
export function refusalOf({ module, name, kind, signature }: CoreImport): string | undefined {
  const functions = GRANTED.get(module);
  const what = `imports ${shortName(module)}.${shortName(name)}`;
  if (kind !== "function" || signature === undefined) {
    return `${what}, a ${kind}, which is not granted: only functions of ${PREVIEW1_MODULE} are`;
  }
  const type = functions?.get(name);
  if (type !== undefined) {
    if (isSameSignature(type, signature)) return undefined;
    return `${what} as ${signatureText(signature)}: its type is ${signatureText(type)}`;
  }
  if (module === PREVIEW1_MODULE) return `${what}, which is no function of WASI preview 1`;
  const hint = HINTS[module];
  const why = `which is not granted: only ${PREVIEW1_MODULE} and env.abort are`;
  return `${what}, ${why}${hint === undefined ? "" : ` (${hint})`}`;
}
