import { performance } from "node:perf_hooks";
import { LocalDispatcher } from "../src/dispatch/local.ts";
import type { Dispatcher } from "../src/evaluate/dispatcher.ts";
import { evaluate } from "../src/evaluate/evaluate.ts";
import type { RunSpec } from "../src/evaluate/run_spec.ts";
import { makeRun } from "../tests/evaluate/runs.ts";
import { withCluster } from "./cluster/cluster.ts";
import { type CpuTimes, cpuTimes, usedBetween } from "./cluster/cpu.ts";
import type { Bench, Figures, Finding, Medians } from "./frame/bench.ts";
import { median } from "./frame/median.ts";

/** Cases of a run; of each way so many runs, in turns, so that none has a better hour than another. */
const CASES = 2000;
const TURNS = 5;

/** How much longer a case may take by way of the server, where all of it has the same two cores. */
const MOST_RATIO = 1.25;

/** What is compared: as many threads of this process, or nodes with a thread each. */
const WIDTHS = [1, 2];
const PLACES = ["threads", "nodes"] as const;
const row = (width: number, what: string) => `${width} at a time, ${what}`;
const RATIO = "nodes ÷ threads";

async function collectAll(dispatcher: Dispatcher, run: RunSpec): Promise<void> {
  let count = 0;
  for await (const result of evaluate(run, dispatcher)) if (result.valid) count++;
  if (count !== run.n) throw new Error(`${count} of ${run.n} cases were judged`);
}

interface Turn {
  /** Microseconds a case, by the clock and of CPU time. */
  wall: number;
  used: CpuTimes;
}

/** One run of the same files as all others; time to prepare it is not counted. */
async function once(dispatcher: Dispatcher, run: RunSpec): Promise<Turn> {
  await dispatcher.prepare(run);
  const [before, start] = [cpuTimes(), performance.now()];
  await collectAll(dispatcher, run);
  const each = (ms: number) => 1000 * ms / run.n;
  const wall = each(performance.now() - start);
  const { own, server, nodes } = usedBetween(before, cpuTimes());
  return { wall, used: { own: each(own), server: each(server), nodes: each(nodes) } };
}

/** Threads and nodes in turns; the first turn is not counted. */
async function compare(width: number): Promise<Figures> {
  const base = await makeRun({ n: CASES, candidate: "examples/top-k/heap.ts" });
  return await withCluster(width, async (cluster) => {
    const dispatchers = { threads: new LocalDispatcher(width), nodes: await cluster.dispatcher() };
    const turns: Record<typeof PLACES[number], Turn[]> = { threads: [], nodes: [] };
    for (let turn = 0; turn <= TURNS; turn++) {
      for (const place of turn % 2 === 0 ? PLACES : PLACES.toReversed()) {
        const done = await once(dispatchers[place], { ...base, seed: turn });
        if (turn > 0) turns[place].push(done);
      }
    }
    await Promise.all(PLACES.map((place) => dispatchers[place].close()));
    return figuresOf(width, turns);
  });
}

function figuresOf(width: number, { threads, nodes }: Record<string, Turn[]>): Figures {
  const middle = (turns: Turn[] = [], of: (turn: Turn) => number) => median(turns.map(of));
  const ratios = nodes?.map(({ wall }, turn) => wall / (threads?.[turn]?.wall ?? NaN)) ?? [];
  return {
    [row(width, "threads, µs a case")]: middle(threads, ({ wall }) => wall),
    [row(width, "threads, µs of CPU a case")]: middle(threads, ({ used }) => used.own),
    [row(width, "nodes, µs a case")]: middle(nodes, ({ wall }) => wall),
    [row(width, "nodes, µs of their CPU a case")]: middle(nodes, ({ used }) => used.nodes),
    [row(width, "nodes, µs of the controller's CPU a case")]: middle(nodes, ({ used }) => used.own),
    [row(width, "nodes, µs of the server's CPU a case")]: middle(nodes, ({ used }) => used.server),
    [row(width, RATIO)]: median(ratios),
  };
}

async function measure(): Promise<Figures> {
  const figures: Record<string, number> = {};
  for (const width of WIDTHS) Object.assign(figures, await compare(width));
  return figures;
}

const VARIANT = "in turns";

function judge(medians: Medians): Finding[] {
  const figures = medians[VARIANT] ?? {};
  return WIDTHS.map((width) => {
    const ratio = figures[row(width, RATIO)] ?? NaN;
    const us = (place: string) => figures[row(width, `${place}, µs a case`)] ?? NaN;
    const perSecond = (place: string) => Math.round(1e6 / us(place)).toLocaleString("en");
    const text = `${row(width, "")}nodes need at most ${MOST_RATIO} times as long as threads: ` +
      `${ratio.toFixed(2)}; ${perSecond("nodes")} cases a second against ${
        perSecond("threads")
      }, ` +
      `${((ratio - 1) * us("threads")).toFixed(0)} µs more a case`;
    return { text, met: ratio <= MOST_RATIO };
  });
}

/** What it costs to have cases done by nodes, where threads of this machine could do them. */
const bench: Bench = {
  title: "Cluster: cases of examples/top-k on nodes of this machine, against its threads",
  unit: "as each row says",
  variants: { [VARIANT]: { measure } },
  judge,
};

export default bench;
