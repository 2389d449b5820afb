import { inParallel } from "./cluster/in_parallel.ts";
import { type BenchCluster, withCluster } from "./cluster/cluster.ts";
import { startLightNodes } from "./cluster/light_nodes.ts";
import { messageSizes } from "./cluster/message_sizes.ts";
import { openRaw } from "./cluster/raw_jetstream.ts";
import { makeSample } from "./cluster/sample.ts";
import type { Bench, Figures, Finding, Medians } from "./frame/bench.ts";
import { median } from "./frame/median.ts";

/** Nodes, batches at a time of each, and batches in flight: as many as a controller has for so many nodes. */
const NODES = 4;
const SLOTS = 4;
const IN_FLIGHT = 2 * NODES * SLOTS;

/** Milliseconds that each way of doing it goes on for, in turns, so that none has a better hour than another. */
const SLICE_MS = 1500;
const TURNS = 4;

/** Cases of a batch: of the least, and of one that takes a node about as long as a batch should. */
const SIZES = [1, 256];

const WAYS = ["JetStream, batch alone", "JetStream, batch and result", "Cupel"] as const;
type Way = typeof WAYS[number];
const row = (cases: number, what: string) =>
  `${cases} ${cases === 1 ? "case" : "cases"} a batch, ${what}`;
const RATIO = "Cupel ÷ JetStream, batch and result";

/** How much longer a batch may take by Cupel than its messages take by themselves. */
const MOST_RATIO = 3;

/** Milliseconds that a batch should take its node. */
const BATCH_MS = 250;

/** Sends something there and waits until something is back. */
type RoundTrip = () => Promise<unknown>;

/** All ways in turns. @returns Microseconds a batch of each way, of each turn but the first. */
async function inTurns(ways: Record<Way, RoundTrip>): Promise<Record<Way, number[]>> {
  const measured: Record<Way, number[]> = {
    "JetStream, batch alone": [],
    "JetStream, batch and result": [],
    Cupel: [],
  };
  for (let turn = 0; turn <= TURNS; turn++) {
    for (const way of turn % 2 === 0 ? WAYS : WAYS.toReversed()) {
      const { count, ms } = await inParallel(IN_FLIGHT, SLICE_MS, ways[way]);
      if (turn > 0) measured[way].push(1000 * ms / count);
    }
  }
  return measured;
}

/** One server, one connection of the controller's side, and as many as there are nodes on the other. */
async function measure(cluster: BenchCluster): Promise<Figures> {
  const sample = await makeSample();
  const nodes = await Promise.all(Array.from({ length: NODES }, () => cluster.open("node")));
  startLightNodes(nodes, SLOTS, sample);
  const dispatcher = await cluster.dispatcher();
  const raw = await cluster.open("raw");
  const figures: Record<string, number> = {};
  for (const [seed, cases] of SIZES.entries()) {
    const { message, answer } = await messageSizes(sample, cases);
    const alone = await openRaw(raw, nodes, `alone${cases}`, { message, answer: 0 });
    const both = await openRaw(raw, nodes, `both${cases}`, { message, answer });
    const run = { ...sample.spec, seed };
    let end = 0;
    const measured = await inTurns({
      "JetStream, batch alone": alone,
      "JetStream, batch and result": both,
      Cupel: () => dispatcher.execute(run, { start: end, end: end += cases }),
    });
    for (const way of WAYS) figures[row(cases, `${way}, µs`)] = median(measured[way]);
    const { Cupel: ours, "JetStream, batch and result": theirs } = measured;
    figures[row(cases, RATIO)] = median(ours.map((us, turn) => us / (theirs[turn] ?? NaN)));
  }
  return figures;
}

function judge(medians: Medians): Finding[] {
  const figures = medians[VARIANT] ?? {};
  return SIZES.map((cases) => {
    const us = (way: Way) => figures[row(cases, `${way}, µs`)] ?? NaN;
    const [alone, both, ours] = WAYS.map((way) => Math.round(1e6 / us(way)).toLocaleString("en"));
    const rates = `${ours} batches a second against ${both}, and ${alone} where nothing comes back`;
    const ratio = figures[row(cases, RATIO)] ?? NaN;
    const part = us("Cupel") / 1000 / BATCH_MS;
    const text = `${row(cases, "")}at most ${MOST_RATIO} times as long as its messages take by ` +
      `themselves: ${ratio.toFixed(2)}; ${rates}; ${(100 * part).toFixed(1)} % of the ` +
      `${BATCH_MS} ms that a node should have a batch`;
    return { text, met: ratio <= MOST_RATIO };
  });
}

const VARIANT = "in turns on one server";

/** What it costs to have a batch done by somebody else, where to do it costs nothing. */
const bench: Bench = {
  title: `Cluster: a batch to a node that executes nothing and back, ${IN_FLIGHT} in flight`,
  unit: "as each row says",
  variants: { [VARIANT]: { measure: () => withCluster(0, measure) } },
  judge,
};

export default bench;
