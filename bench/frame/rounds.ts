import { spawnSync } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { bunRuntime, denoRuntime, nodeRuntime, type Runtime } from "../../tests/runner/runtimes.ts";
import type { Bench, Variant } from "./bench.ts";
import { type Answer, answerSchema } from "./protocol.ts";

/** A variant's figures of every round by row, or why there are none. */
export type Series = { rows: Record<string, number[]> } | { notMeasured: string };

const PROGRAM = fileURLToPath(new URL("./variant.ts", import.meta.url));
const TIMEOUT_MS = 600_000;
const found = new Map<string, Runtime>();

/**
 * Measures every variant of a bench, each in a fresh process, once a round. The order is reversed
 * from round to round, so that a machine that warms up or slows down favours none.
 *
 * @param file URL of the bench's module.
 * @param rounds Number of rounds, at least 1.
 */
export function measureRounds(
  bench: Bench,
  file: string,
  rounds: number,
): Record<string, Series> {
  const series: Record<string, Series> = {};
  const order = Object.entries(bench.variants);
  for (let round = 0; round < rounds; round++) {
    for (const [name, variant] of round % 2 === 0 ? order : order.toReversed()) {
      const before = series[name] ?? { rows: {} };
      if ("rows" in before) series[name] = extended(before.rows, measureOnce(name, variant, file));
    }
  }
  return series;
}

function measureOnce(name: string, variant: Variant, file: string): Answer {
  const runtime = runtimeOf(variant);
  if (!runtime.found) return { notMeasured: `${runtime.name}: ${runtime.reason}` };
  const [binary = "", ...command] = [...runtime.command, ...variant.flags ?? []];
  const { status, stdout, stderr, error } = spawnSync(binary, [...command, PROGRAM, file, name], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    timeout: TIMEOUT_MS,
    env: { ...process.env, NODE_NO_WARNINGS: "1", NO_COLOR: "1" },
  });
  if (status !== 0) throw new Error(`Variant "${name}" failed: ${error?.message ?? stderr}`);
  return answerSchema.parse(JSON.parse(stdout.trim().split("\n").at(-1) ?? ""));
}

function runtimeOf({ runtime = "deno" }: Variant): Runtime {
  const known = found.get(runtime);
  if (known) return known;
  const find = { deno: denoRuntime, bun: bunRuntime, node: nodeRuntime }[runtime];
  const fresh = find();
  found.set(runtime, fresh);
  return fresh;
}

function extended(rows: Record<string, number[]>, answer: Answer): Series {
  if ("notMeasured" in answer) return answer;
  const longer = { ...rows };
  for (const [row, figure] of Object.entries(answer.figures)) {
    longer[row] = [...(rows[row] ?? []), figure];
  }
  return { rows: longer };
}
