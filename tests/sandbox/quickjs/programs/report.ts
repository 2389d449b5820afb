import type { CallOptions } from "../../../../sandbox/isolate.ts";
import { encode } from "../../../../sandbox/values/codec.ts";
import type { Report } from "../../reports.ts";
import { hashMemory, isolateOf } from "../support.ts";
import { PROGRAMS } from "./programs.ts";

const LIMITS = { fuel: 20_000_000, memoryBytes: 32 * 2 ** 20 };
const OPTIONS: CallOptions = { seed: [20, 25, 1, 1] };

/** Runs every program in one isolate. */
export async function reportAll(): Promise<Report[]> {
  const functions = PROGRAMS.map(([, body], index) => `export function p${index}() { ${body} }`);
  const isolate = await isolateOf(functions.join("\n"), LIMITS);
  return PROGRAMS.map(([name], index) => {
    const { usage, ...outcome } = isolate.call(`p${index}`, [], OPTIONS);
    const { fuel, memoryBytes } = usage;
    const text = encode(outcome);
    return { name, outcome: text, fuel, memoryBytes, memory: hashMemory(isolate) };
  });
}

if (import.meta.main) console.log(JSON.stringify(await reportAll()));
