import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import type { JavaScriptArtifact } from "../sandbox/artifact.ts";
import { LocalDispatcher } from "../src/dispatch/local.ts";
import { digest } from "../src/evaluate/digest.ts";
import type { Dispatcher } from "../src/evaluate/dispatcher.ts";
import type { RunSpec } from "../src/evaluate/run_spec.ts";
import { makeRun } from "../tests/evaluate/runs.ts";
import { withCluster } from "./cluster/cluster.ts";
import type { Bench, Figures, Finding, Medians } from "./frame/bench.ts";
import { quantile } from "./frame/quantile.ts";

/** New runs of each kind; before them some that are not counted. */
const RUNS = 60;
const WARM_UP = 5;
/** Milliseconds for which everything rests before a run is submitted. */
const REST_MS = 30;
const MOST_MS = 25;

/** What is new in each run, besides its seed. */
const KINDS = {
  "files known": [],
  "candidate new": ["candidate"],
  "all files new": ["task", "baseline", "candidate"],
} as const;

const WAITS = ["to the first answer", "to the first case", "one more batch"] as const;
const MEDIAN = (kind: string, wait: string) => `${kind}, ${wait}, median`;

/** The n-th of runs that differ in their seed, and in the files named. */
function runOf(
  base: RunSpec,
  n: number,
  fresh: readonly ("task" | "baseline" | "candidate")[],
): RunSpec {
  const roles = { task: base.task, baseline: base.baseline, candidate: base.candidate };
  for (const role of fresh) {
    const artifact = roles[role];
    if (artifact.kind === "javascript") roles[role] = renewed(artifact, n);
  }
  return { ...base, ...roles, seed: n };
}

function renewed(artifact: JavaScriptArtifact, n: number): JavaScriptArtifact {
  const code = `${artifact.code}\n// ${n}`;
  return { ...artifact, code, sha256: digest(code) };
}

/**
 * Milliseconds from `prepare` of a run that is new on a dispatcher that is open, to what the run's task says
 * of itself, to the result of the first case, and from there to that of a further batch of one case.
 */
async function waits(
  open: () => Promise<Dispatcher>,
  close: (dispatcher: Dispatcher) => Promise<void>,
): Promise<Figures> {
  const base = await makeRun({ n: 100, candidate: "examples/top-k/heap.ts" });
  const figures: Record<string, number> = {};
  let n = 0;
  for (const [kind, fresh] of Object.entries(KINDS)) {
    const measured: number[][] = [[], [], []];
    for (let at = -WARM_UP; at < RUNS; at++) {
      const run = runOf(base, ++n, fresh);
      const dispatcher = await open();
      await sleep(REST_MS);
      const start = performance.now();
      await dispatcher.prepare(run);
      const answered = performance.now();
      await dispatcher.execute(run, { start: 0, end: 1 });
      const first = performance.now();
      await dispatcher.execute(run, { start: 1, end: 2 });
      const times = [answered - start, first - start, performance.now() - first];
      await close(dispatcher);
      if (at >= 0) times.forEach((time, which) => measured[which]?.push(time));
    }
    WAITS.forEach((wait, which) => {
      const sorted = (measured[which] ?? []).sort((one, other) => one - other);
      figures[MEDIAN(kind, wait)] = quantile(sorted, 0.5);
      figures[`${kind}, ${wait}, 95th percentile`] = quantile(sorted, 0.95);
    });
  }
  return figures;
}

function onCluster(): Promise<Figures> {
  return withCluster(1, ({ dispatcher }) => waits(dispatcher, (one) => one.close()));
}

function onNewThreads(): Promise<Figures> {
  return waits(() => Promise.resolve(new LocalDispatcher(1)), (one) => one.close());
}

async function onKeptThreads(): Promise<Figures> {
  const dispatcher = new LocalDispatcher(1);
  const figures = await waits(() => Promise.resolve(dispatcher), () => Promise.resolve());
  await dispatcher.close();
  return figures;
}

function judge(medians: Medians): Finding[] {
  return Object.keys(KINDS).map((kind) => {
    const row = MEDIAN(kind, "to the first case");
    const [ms = NaN, local = NaN] = ["cluster", KEPT].map((name) => medians[name]?.[row]);
    const text = `from submitting a run to the result of its first case, ${kind}, at most ` +
      `${MOST_MS} ms: ${ms.toFixed(1)} ms, of which ${
        local.toFixed(1)
      } ms on threads of this machine`;
    return { text, met: ms <= MOST_MS };
  });
}

const KEPT = "local, threads kept";

/** How long a run waits that comes to an idle cluster with one idle node, which has had runs before. */
const bench: Bench = {
  title: "Cluster: a new run on an idle node, against threads of this machine",
  unit: "ms",
  reference: KEPT,
  variants: {
    [KEPT]: { measure: onKeptThreads },
    "local, threads new": { measure: onNewThreads },
    cluster: { measure: onCluster },
  },
  judge,
};

export default bench;
