/** What follows an opcode in the code. */
export type Immediates =
  | "none"
  | "block" // block type
  | "label" // relative depth
  | "labels" // br_table
  | "index" // one index of anything
  | "index2" // two indices
  | "types" // vector of value types (select t)
  | "heap" // heap type (ref.null)
  | "memory" // alignment and offset
  | "memory+lane"
  | "lane"
  | "i32"
  | "i64"
  | "4 bytes"
  | "8 bytes"
  | "16 bytes"
  | "catches"; // block type and catch clauses (try_table)

/** One instruction of the table. */
export interface Opcode {
  /** Position in the table: a dense number, for tables of one's own. */
  id: number;
  name: string;
  immediates: Immediates;
  /** Types taken from the stack, a letter each: i i32, I i64, f f32, F f64, v v128, r reference, * any. */
  takes: string;
  /** Types left on the stack; "?" in `takes` or here: depends on the immediates. */
  leaves: string;
}

/** Prefix of the bulk memory and saturating conversion instructions. */
export const PREFIX_FC = 0xfc0000;

/** Prefix of the SIMD instructions. */
export const PREFIX_FD = 0xfd0000;

/** The table while it is made. */
export type Table = Map<number, Opcode>;

/**
 * Adds consecutive opcodes.
 *
 * @param signature Types taken and left, as in {@linkcode Opcode}, with a colon between.
 * @param names Names between white space; "_" leaves an opcode out.
 */
export function add(
  opcodes: Table,
  first: number,
  signature: string,
  names: string,
  immediates: Immediates = "none",
): void {
  const [takes = "", leaves = ""] = signature.split(":");
  names.split(/\s+/).forEach((name, index) => {
    if (name !== "_") {
      opcodes.set(first + index, { id: opcodes.size, name, immediates, takes, leaves });
    }
  });
}

/** Comparisons of integers. */
export const INTEGER_COMPARE = [
  "eq",
  "ne",
  "lt_s",
  "lt_u",
  "gt_s",
  "gt_u",
  "le_s",
  "le_u",
  "ge_s",
  "ge_u",
];
/** Comparisons of floats. */
export const FLOAT_COMPARE = ["eq", "ne", "lt", "gt", "le", "ge"];

/** Names with the type that they belong to in front. */
export function prefixed(type: string, names: readonly string[]): string {
  return names.map((name) => `${type}.${name}`).join(" ");
}
