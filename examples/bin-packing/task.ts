import { defineTask } from "cupel/task";
import * as fc from "fast-check";

const CAPACITY = 100;

/** From this length on a list is long enough to tell good heuristics from bad ones. */
const LONG = 100;

const STEPS = 2 ** 30;

/**
 * Item sizes of Weibull's distribution with scale 45 and shape 3, by inverse transform, as whole numbers
 * up to the capacity: those of I. Castiñeiras, M. De Cauwer and B. O'Sullivan (2012), "Weibull-based
 * benchmarks for bin packing", CP 2012, and of B. Romera-Paredes et al. (2024), "Mathematical discoveries
 * from program search with large language models", Nature 625:468-475.
 */
const weibull = fc.noBias(fc.integer({ min: 1, max: STEPS - 1 })).map((step) => {
  const size = Math.round(45 * Math.pow(-Math.log(step / STEPS), 1 / 3));
  return Math.min(CAPACITY, Math.max(1, size));
});

const long = fc.noBias(fc.array(weibull, { minLength: LONG, maxLength: 140, size: "max" }));
const short = fc.array(fc.integer({ min: 1, max: CAPACITY }), { maxLength: 20 });

/** The bins that would do if items could be cut: no packing has fewer. */
function lowerBound(items: readonly number[]): number {
  return Math.ceil(items.reduce((sum, item) => sum + item, 0) / CAPACITY);
}

function binsOf(packing: readonly number[]): number {
  return packing.reduce((most, bin) => Math.max(most, bin + 1), 0);
}

/** Puts each item where the packing says; the first mistake, if there is one. */
function mistakeIn(packing: readonly number[], items: readonly number[]): string | undefined {
  const room: number[] = [];
  for (const [at, item] of items.entries()) {
    const bin = packing[at];
    if (bin === undefined || !(bin in room || bin === room.length)) {
      return `item ${at} is put into bin ${bin}, where ${room.length} are open`;
    }
    if (bin === room.length && room.some((free) => free >= item)) {
      return `item ${at} opens a bin, though one has room for it`;
    }
    room[bin] = (room[bin] ?? CAPACITY) - item;
    if ((room[bin] ?? 0) < 0) return `item ${at} overfills bin ${bin}`;
  }
}

export default defineTask({
  name: "online bin packing",
  entry: "pack",
  inputs: fc.oneof({ weight: 4, arbitrary: long }, { weight: 1, arbitrary: short }),
  properties: {
    "names a bin for each item": (output: number[], items) =>
      Array.isArray(output) && output.length === items.length,
    "opens bins in turn, none before it must, and overfills none": (output, items) =>
      mistakeIn(output, items),
    "wastes little: on long lists at most a tenth and two bins": (output, items) => {
      const most = Math.floor(1.1 * lowerBound(items)) + 2;
      const bins = binsOf(output);
      return items.length < LONG || bins <= most || `uses ${bins} bins of at most ${most}`;
    },
  },
  relations: {
    "items that are yet to come do not matter": {
      category: "online",
      description: "the list ends earlier: the items before are packed the same",
      transform: ([items], random) =>
        items.length < 2 ? undefined : [items.slice(0, random.int(1, items.length - 1))],
      output: (source, _items, [followUp]) => source.slice(0, followUp.length),
    },
  },
  metrics: {
    "excess": {
      value: (output, items) => {
        const least = lowerBound(items);
        return items.length < LONG ? undefined : 100 * (binsOf(output) - least) / least;
      },
      direction: "lower",
      description: "bins above the lower bound, in percent of it; long lists only",
    },
  },
});
