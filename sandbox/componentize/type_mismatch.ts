import { shortName } from "../listed.ts";

/** As wasm-tools says it, with types as Rust prints them. */
const MISMATCH =
  /type mismatch for function `([^`]*)`: expected `\[(.*?)\] -> \[(.*?)\]` but found `\[(.*?)\] -> \[(.*?)\]`/;

/** What wasm-tools says of a function whose type is not the one that the WIT comes to, in words of ours. */
export function mismatchReason(complaint: string): string | null {
  const found = MISMATCH.exec(complaint);
  if (found === null) return null;
  const [, name = "", params = "", results = "", hasParams = "", hasResults = ""] = found;
  const asks = name.startsWith("cabi_") ? "the canonical ABI" : "the WIT";
  return `its function ${shortName(name)} has the type ${typeText(hasParams, hasResults)}, ` +
    `where ${asks} asks for ${typeText(params, results)}` +
    (isByAddress(results, hasResults) ? ADVICE : "");
}

const ADVICE = ": a result of more than one number is given by its address";

/** Whether one number is asked for, which is an address for all that takes more, and others are given. */
function isByAddress(wanted: string, given: string): boolean {
  return wanted === "I32" && (given === "" || given.includes(","));
}

function typeText(params: string, results: string): string {
  const [taken, given] = [params.toLowerCase(), results.toLowerCase()];
  return `(${taken}) -> ${given === "" || given.includes(",") ? `(${given})` : given}`;
}
