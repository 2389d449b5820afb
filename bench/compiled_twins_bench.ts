import { performance } from "node:perf_hooks";
import type { Bench } from "./frame/bench.ts";
import type { KernelName } from "./kernels/kernels.ts";
import { run as crc32 } from "./kernels/twins/crc32.ts";
import { run as fib } from "./kernels/twins/fib.ts";
import { run as sieve } from "./kernels/twins/sieve.ts";
import { isolateOf, kernelArtifact, twinArtifact } from "./peers/guest.ts";

type Run = (n: number) => number;

/** The algorithms that are there twice: their work, and what comes out of it. */
const TWINS = {
  crc32: { n: 120, run: crc32 },
  fib: { n: 24, run: fib },
  sieve: { n: 1 << 18, run: sieve },
} as const satisfies Partial<Record<KernelName, { n: number; run: Run }>>;

type TwinName = keyof typeof TWINS;
const NAMES = Object.keys(TWINS) as TwinName[];

const WARM_UP = 10;
const REPETITIONS = 20;

/** Milliseconds of each algorithm: the least of several, after some that warm the tiers. */
async function milliseconds(
  prepare: (name: TwinName) => Promise<Run> | Run,
): Promise<Record<string, number>> {
  const figures: Record<string, number> = {};
  for (const name of NAMES) figures[name] = timeOf(name, await prepare(name));
  return figures;
}

function timeOf(name: TwinName, run: Run): number {
  const { n, run: reference } = TWINS[name];
  const answer = reference(n);
  let least = Infinity;
  for (let turn = -WARM_UP; turn < REPETITIONS; turn++) {
    const start = performance.now();
    const value = run(n);
    const ms = performance.now() - start;
    if (value !== answer) throw new Error(`The answer of ${name} was ${value}`);
    if (turn >= 0) least = Math.min(least, ms);
  }
  return least;
}

/** What it brings to write a candidate in a language that is compiled. */
const bench: Bench = {
  title:
    "The same algorithm in C as a component, in V8 without any limits, and in Cupel's JavaScript",
  unit: "ms a call",
  reference: "C, in an isolate",
  variants: {
    "C, in an isolate": {
      measure: () => milliseconds(async (name) => isolateOf(await kernelArtifact(name))),
    },
    "JavaScript, in V8": { measure: () => milliseconds((name) => TWINS[name].run) },
    "JavaScript, in an isolate": {
      measure: () => milliseconds(async (name) => isolateOf(await twinArtifact(name))),
    },
  },
};

export default bench;
