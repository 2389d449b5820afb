import { performance } from "node:perf_hooks";
import { LocalDispatcher } from "../src/dispatch/local.ts";
import type { Dispatcher } from "../src/evaluate/dispatcher.ts";
import { evaluate } from "../src/evaluate/evaluate.ts";
import type { RunSpec } from "../src/evaluate/run_spec.ts";
import { makeRun } from "../tests/evaluate/runs.ts";
import { withCluster } from "./cluster/cluster.ts";
import { cpuTimes, usedBetween } from "./cluster/cpu.ts";
import type { Bench, Figures, Finding, Medians } from "./frame/bench.ts";
import { median } from "./frame/median.ts";

const CASES = 4000;
/** Runs that are measured; before them a short one that is not. */
const RUNS = 3;
const WARM_UP_CASES = 1000;

const WALL = "wall, µs a case";
const OWN = "CPU of who collects, µs a case";
const SERVER = "CPU of nats-server, µs a case";
const NODES = "CPU of nodes, µs a case";

/** How much longer a case may take by way of the server, where all of it has the same two cores. */
const MOST_RATIO = 1.25;

async function collectAll(dispatcher: Dispatcher, run: RunSpec): Promise<void> {
  let count = 0;
  for await (const result of evaluate(run, dispatcher)) if (result.valid) count++;
  if (count !== run.n) throw new Error(`${count} of ${run.n} cases were judged`);
}

/** Runs of the same files one after another, as long as they have cases; time to prepare them is not counted. */
async function rate(dispatcher: Dispatcher): Promise<Figures> {
  const base = await makeRun({ n: CASES, candidate: "examples/top-k/heap.ts" });
  const warmUp = { ...base, n: WARM_UP_CASES };
  await dispatcher.prepare(warmUp);
  await collectAll(dispatcher, warmUp);
  const walls: number[] = [];
  const used = { own: 0, server: 0, nodes: 0 };
  for (let seed = 1; seed <= RUNS; seed++) {
    const run = { ...base, seed };
    await dispatcher.prepare(run);
    const [before, start] = [cpuTimes(), performance.now()];
    await collectAll(dispatcher, run);
    walls.push(performance.now() - start);
    const part = usedBetween(before, cpuTimes());
    used.own += part.own;
    used.server += part.server;
    used.nodes += part.nodes;
  }
  await dispatcher.close();
  const each = (ms: number, cases: number) => 1000 * ms / cases;
  return {
    [WALL]: each(median(walls), CASES),
    [OWN]: each(used.own, RUNS * CASES),
    ...(used.server === 0 ? {} : {
      [SERVER]: each(used.server, RUNS * CASES),
      [NODES]: each(used.nodes, RUNS * CASES),
    }),
  };
}

const local = (threads: number) => ({ measure: () => rate(new LocalDispatcher(threads)) });
const cluster = (nodes: number) => ({
  measure: () => withCluster(nodes, async ({ dispatcher }) => rate(await dispatcher())),
});

function compare(medians: Medians, ours: string, reference: string): Finding[] {
  const [one, other] = [medians[ours]?.[WALL], medians[reference]?.[WALL]];
  if (one === undefined || other === undefined) return [];
  const perSecond = (us: number) => Math.round(1e6 / us).toLocaleString("en");
  const text = `${ours}, needs at most ${MOST_RATIO} times as long as ${reference}: ` +
    `${(one / other).toFixed(2)}, ${perSecond(one)} cases a second against ${perSecond(other)}, ` +
    `${(one - other).toFixed(0)} µs more a case`;
  return [{ text, met: one <= MOST_RATIO * other }];
}

/** What it costs to have cases done by nodes, where threads of this machine could do them. */
const bench: Bench = {
  title: `Cluster: ${CASES.toLocaleString("en")} cases of examples/top-k on nodes of this machine`,
  unit: "as each row says",
  reference: "local, 1 thread",
  variants: {
    "local, 1 thread": local(1),
    "cluster, 1 node": cluster(1),
    "local, 2 threads": local(2),
    "cluster, 2 nodes": cluster(2),
  },
  judge: (medians) => [
    ...compare(medians, "cluster, 1 node", "local, 1 thread"),
    ...compare(medians, "cluster, 2 nodes", "local, 2 threads"),
  ],
};

export default bench;
