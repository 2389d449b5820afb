import type { QuickJsIsolate } from "../../../../sandbox/quickjs/isolate.ts";
import type { Combination } from "./combinations.ts";
import { leastTimes, type Manner, type Times } from "./timing.ts";

/**
 * Work that the meter does not charge for takes as long as a guest likes: the clock shows it as orders
 * of magnitude. How near to three times a plain loop's time the prices come is for
 * `bench/built_ins_bench.ts` to say; a test must give the same answer on any machine, however busy. So
 * a call is only suspected beyond both bounds, by its least time of many. No call that is charged comes
 * near them: on the machine of docs/benchmarks.md the dearest unit of fuel takes some three times what
 * a plain loop's does.
 */
const MOST_TIMES = 20;

/** In milliseconds: too long for a pause that a machine makes each time, for whatever reason. */
const MOST_MS = 50;

const REPETITIONS = 15;

/** Whether a call does work that it has not paid for; `firstMs` is what it took the first time. */
export function worksForFree(
  isolate: QuickJsIsolate,
  combination: Combination,
  manner: Manner,
  fuel: number,
  firstMs: number,
): boolean {
  if (firstMs <= MOST_MS) return false;
  const isPaid = ({ ms, plainMs }: Times) => ms <= MOST_MS || ms <= MOST_TIMES * plainMs;
  return !isPaid(leastTimes(isolate, combination, manner, fuel, REPETITIONS, isPaid));
}
