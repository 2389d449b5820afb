/** Value types of core WebAssembly by their byte in the binary format. */
const TYPE_NAMES: Readonly<Record<number, string>> = {
  0x7f: "i32",
  0x7e: "i64",
  0x7d: "f32",
  0x7c: "f64",
  0x7b: "v128",
  0x70: "funcref",
  0x6f: "externref",
  0x69: "exnref",
};

/** The name of a value type. */
export type TypeName = string;

/** A function's type, by the names of its value types. */
export interface Signature {
  readonly params: readonly TypeName[];
  readonly results: readonly TypeName[];
}

/** A function's type, from the bytes of its value types. */
export function signatureOf(
  { params, results }: { params: readonly number[]; results: readonly number[] },
): Signature {
  return { params: params.map(typeName), results: results.map(typeName) };
}

function typeName(byte: number): TypeName {
  return TYPE_NAMES[byte] ?? "unknown";
}

/** Most types of a list that are spelled out. */
const MOST_SHOWN = 16;

/** A signature as `(i32, i64) -> i32`, for people: of long lists of types only the beginning. */
export function signatureText({ params, results }: Signature): string {
  const [only, ...more] = results;
  const after = only !== undefined && more.length === 0 ? only : listText(results);
  return `${listText(params)} -> ${after}`;
}

function listText(types: readonly TypeName[]): string {
  const rest = types.length > MOST_SHOWN ? `, and ${types.length - MOST_SHOWN} more` : "";
  return `(${types.slice(0, MOST_SHOWN).join(", ")}${rest})`;
}

/** Whether two functions have the same type. */
export function isSameSignature(a: Signature, b: Signature): boolean {
  return isSameList(a.params, b.params) && isSameList(a.results, b.results);
}

function isSameList(a: readonly TypeName[], b: readonly TypeName[]): boolean {
  return a.length === b.length && a.every((type, at) => type === b[at]);
}

const LETTERS: Readonly<Record<string, TypeName>> = { i: "i32", I: "i64", f: "f32", F: "f64" };

/** A signature from letters, such as `iI:i`. */
export function signatureFrom(letters: string): Signature {
  const [params = "", results = ""] = letters.split(":");
  const names = (part: string) => [...part].map((letter) => LETTERS[letter] ?? "unknown");
  return { params: names(params), results: names(results) };
}
