import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import type { Dispatcher } from "../src/evaluate/dispatcher.ts";
import type { RunSpec } from "../src/evaluate/run_spec.ts";
import { type BenchCluster, withCluster } from "./cluster/cluster.ts";
import { type CpuTimes, cpuTimes, usedBetween } from "./cluster/cpu.ts";
import { Fleet } from "./cluster/fleet.ts";
import { inParallel } from "./cluster/in_parallel.ts";
import { makeSample } from "./cluster/sample.ts";
import type { Bench, Figures, Finding, Medians } from "./frame/bench.ts";

const COUNTS = [1, 10, 100, 1000];
const MOST_IN_FLIGHT = 1000;
/** Milliseconds: some heartbeats, and some of the times at which idle nodes ask by themselves. */
const IDLE_MS = 10_000;
const WARM_UP_MS = 3000;
const MEASURED_MS = 5000;
/** Milliseconds a second of CPU time that nodes may take for being there. */
const MOST_IDLE = 100;
/** Milliseconds that a batch should take its node: see src/cluster/batch_size.ts. */
const BATCH_MS = 250;

const SIZES = [1, 256];
const name = (nodes: number) => `${nodes.toLocaleString("en")} ${nodes === 1 ? "node" : "nodes"}`;
const BUSY = {
  wall: "wall, µs a batch",
  own: "CPU of the controller, µs a batch",
  server: "CPU of nats-server, µs a batch",
  nodes: "CPU of all nodes, µs a batch",
};
const IDLE = {
  messages: "idle, messages a second",
  own: "idle, CPU of the controller, ms a second",
  server: "idle, CPU of nats-server, ms a second",
  nodes: "idle, CPU of all nodes, ms a second",
};
const busyRow = (cases: number, which: keyof typeof BUSY) =>
  `${cases} ${cases === 1 ? "case" : "cases"}, ${BUSY[which]}`;

async function withFleet(count: number): Promise<Figures> {
  const { spec } = await makeSample();
  return await withCluster(0, async (cluster) => {
    const fleet = await Fleet.start(cluster, count);
    try {
      return await measure(cluster, fleet, count, spec);
    } finally {
      await fleet.kill();
    }
  });
}

async function measure(
  { dispatcher: open }: BenchCluster,
  fleet: Fleet,
  count: number,
  spec: RunSpec,
): Promise<Figures> {
  const dispatcher = await open();
  const figures: Record<string, number> = {};
  const parallel = Math.min(MOST_IN_FLIGHT, Math.max(4, 2 * count));
  for (const [seed, cases] of SIZES.entries()) {
    Object.assign(figures, await busy(dispatcher, { ...spec, seed }, cases, parallel));
  }
  Object.assign(figures, await idle(fleet));
  await dispatcher.close();
  return figures;
}

async function busy(
  dispatcher: Dispatcher,
  run: RunSpec,
  cases: number,
  parallel: number,
): Promise<Figures> {
  let next = 0;
  const one = () => {
    const start = cases * next++;
    return dispatcher.execute(run, { start, end: start + cases });
  };
  await inParallel(parallel, WARM_UP_MS, one);
  const before = cpuTimes();
  const { count, ms } = await inParallel(parallel, MEASURED_MS, one);
  const used = usedBetween(before, cpuTimes());
  return {
    [busyRow(cases, "wall")]: 1000 * ms / count,
    ...rows((which) => busyRow(cases, which), used, 1000 / count),
  };
}

/** What it costs that nodes are there; the controller has a run and waits. */
async function idle(fleet: Fleet): Promise<Figures> {
  await sleep(2000); // What the last batches left to do is done.
  const [messages, before, start] = [await fleet.messages(), cpuTimes(), performance.now()];
  await sleep(IDLE_MS);
  const used = usedBetween(before, cpuTimes());
  const seconds = (performance.now() - start) / 1000;
  return {
    [IDLE.messages]: (await fleet.messages() - messages) / seconds,
    ...rows((which) => IDLE[which], used, 1 / seconds),
  };
}

function rows(
  title: (which: keyof CpuTimes) => string,
  used: CpuTimes,
  factor: number,
): Record<string, number> {
  return {
    [title("own")]: used.own * factor,
    [title("server")]: used.server * factor,
    [title("nodes")]: used.nodes * factor,
  };
}

/** At how many nodes with work one core of something is full, by what it uses where there are most. */
function limits(medians: Medians): Finding[] {
  const most = Math.max(...COUNTS);
  const figures = medians[name(most)];
  if (figures === undefined) return [];
  return (["own", "server"] as const).flatMap((which) => {
    const who = which === "own" ? "the controller" : "nats-server";
    const idleMs = figures[IDLE[which]] ?? NaN;
    const idle = {
      text: `${name(most)} without work take at most ${MOST_IDLE} ms a second of ${who}: ` +
        `${idleMs.toFixed(0)}, with ${
          (figures[IDLE.messages] ?? NaN).toFixed(0)
        } messages a second`,
      met: idleMs <= MOST_IDLE,
    };
    const full = SIZES.map((cases) => {
      const us = figures[busyRow(cases, which)] ?? NaN;
      const nodes = 1000 / (us / BATCH_MS + idleMs / most);
      const size = `${cases} ${cases === 1 ? "case" : "cases"}`;
      const text = `a core of ${who} has enough for ${name(most)} with batches of ${size} and ` +
        `${BATCH_MS} ms: for ${nodes.toFixed(0)}`;
      return { text, met: nodes >= most };
    });
    return [idle, ...full];
  });
}

/** What many nodes cost who has none of the work: the controller and the server. */
const bench: Bench = {
  title: "Cluster: nodes that execute nothing, all on this machine, a connection each",
  unit: "as each row says",
  reference: name(1),
  variants: Object.fromEntries(
    COUNTS.map((count) => [name(count), { measure: () => withFleet(count) }]),
  ),
  judge: limits,
};

export default bench;
