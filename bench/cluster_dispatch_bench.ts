import { inParallel } from "./cluster/in_parallel.ts";
import { type BenchCluster, withCluster } from "./cluster/cluster.ts";
import { startLightNodes } from "./cluster/light_nodes.ts";
import { messageSizes } from "./cluster/message_sizes.ts";
import { openRaw } from "./cluster/raw_jetstream.ts";
import { makeSample, type Sample } from "./cluster/sample.ts";
import type { Bench, Figures, Finding, Medians } from "./frame/bench.ts";

/** Nodes, batches at a time of each, and batches in flight: as many as a controller has for so many nodes. */
const NODES = 4;
const SLOTS = 4;
const IN_FLIGHT = 2 * NODES * SLOTS;

const WARM_UP_MS = 2000;
const MEASURED_MS = 5000;

/** Cases of a batch: of the least, and of one that takes a node about as long as a batch should. */
const SIZES = [1, 256];
const row = (cases: number) => `${cases} ${cases === 1 ? "case" : "cases"} a batch`;

/** How much longer a batch may take by Cupel than its messages take by themselves. */
const MOST_RATIO = 3;

/** Microseconds a batch, of what is done some at a time. */
async function microsecondsEach(body: (number: number) => Promise<unknown>): Promise<number> {
  const warmUp = await inParallel(IN_FLIGHT, WARM_UP_MS, body);
  const { count, ms } = await inParallel(
    IN_FLIGHT,
    MEASURED_MS,
    (at) => body(warmUp.count + IN_FLIGHT + at),
  );
  return 1000 * ms / count;
}

/** Batches from a dispatcher to nodes that execute nothing, and their results back. */
async function throughCupel(
  { open, dispatcher: openDispatcher }: BenchCluster,
  sample: Sample,
): Promise<Figures> {
  const topologies = await Promise.all(Array.from({ length: NODES }, () => open("node")));
  const nodes = startLightNodes(topologies, SLOTS, sample);
  const dispatcher = await openDispatcher();
  const figures: Record<string, number> = {};
  for (const [seed, cases] of SIZES.entries()) {
    const run = { ...sample.spec, seed };
    figures[row(cases)] = await microsecondsEach((number) =>
      dispatcher.execute(run, { start: number * cases, end: (number + 1) * cases })
    );
  }
  await dispatcher.close();
  await nodes.stop();
  await Promise.all(topologies.map(({ connection }) => connection.close()));
  return figures;
}

/** Messages of the same sizes, published, pulled and acknowledged with nothing else done. */
async function throughRaw(
  { open }: BenchCluster,
  sizes: { message: number; answer: number },
): Promise<number> {
  const [ours, other] = await Promise.all([open("raw"), open("raw")]);
  const raw = await openRaw(ours, other, sizes);
  const us = await microsecondsEach(() => raw.roundTrip());
  await raw.close();
  await Promise.all([ours.connection.close(), other.connection.close()]);
  return us;
}

async function rawBySize(hasAnswer: boolean): Promise<Figures> {
  const sample = await makeSample();
  const figures: Record<string, number> = {};
  for (const cases of SIZES) {
    const { message, answer } = messageSizes(sample, cases);
    const sizes = { message, answer: hasAnswer ? answer : 0 };
    figures[row(cases)] = await withCluster(0, (cluster) => throughRaw(cluster, sizes));
  }
  return figures;
}

function compare(medians: Medians, cases: number): Finding[] {
  const rates = ["cupel", RAW_BOTH, RAW_ONE].map((name) =>
    1e6 / (medians[name]?.[row(cases)] ?? NaN)
  );
  const [ours = NaN, both = NaN, one = NaN] = rates;
  if (rates.some(Number.isNaN)) return [];
  const text = `${row(cases)}, at most ${MOST_RATIO} times as long as its messages take by ` +
    `themselves: ${(both / ours).toFixed(2)}, ${ours.toFixed(0)} batches a second against ` +
    `${both.toFixed(0)}; ${one.toFixed(0)} where nothing comes back`;
  return [{ text, met: both <= MOST_RATIO * ours }];
}

const RAW_ONE = "JetStream, batch alone";
const RAW_BOTH = "JetStream, batch and result";

/** What it costs to have a batch done by somebody else, where to do it costs nothing. */
const bench: Bench = {
  title: `Cluster: a batch to a node that executes nothing and back, ${IN_FLIGHT} in flight`,
  unit: "µs a batch",
  reference: RAW_BOTH,
  variants: {
    [RAW_ONE]: { measure: () => rawBySize(false) },
    [RAW_BOTH]: { measure: () => rawBySize(true) },
    cupel: {
      measure: () => withCluster(0, async (cluster) => throughCupel(cluster, await makeSample())),
    },
  },
  judge: (medians) => SIZES.flatMap((cases) => compare(medians, cases)),
};

export default bench;
