import { ARMS } from "../evaluate/case_result.ts";
import type { DifferenceMethod } from "../gate/difference_interval.ts";
import type { Estimate, MetricEvidence } from "../gate/evidence.ts";
import {
  count,
  figure,
  figureInterval,
  percentage,
  points,
  pointsInterval,
} from "../gate/words.ts";
import { compact, percent, percentInterval } from "./numbers.ts";
import type { Palette } from "./palette.ts";
import type { Report } from "./report.ts";
import { shown } from "./shown.ts";
import { alignColumns, type Alignment } from "./table.ts";

/** The arms' pass rates and what their calls cost. */
export function armLines({ arms, run }: Report): string[] {
  const rows = ARMS.map((name) => {
    const arm = arms[name];
    return [
      name,
      shown(run.artifacts[name].name),
      `${arm.passed}/${arm.total}`,
      percent(arm.rate),
      percentInterval(arm.low, arm.high),
      arm.fuel.mean === null ? "" : `${compact(arm.fuel.mean)} fuel a call`,
    ];
  });
  return indented(rows, ["left", "left", "right", "right", "left", "right"]);
}

/** What intervals of the difference are called. */
const METHODS: Record<DifferenceMethod, string> = {
  "tango-1998": "Tango",
  "tango-1998-rao-scott-1992": "Tango",
  "repeated-tango-1998": "Tango, at each look",
  "always-valid": "always valid",
};

/** Candidate against baseline: pass rates and cost. */
export function comparisonLines({ difference, cost, gate }: Report): string[] {
  const { estimate, low, high, method, regressions, improvements, clusters } = difference;
  const level = percentage(gate.policy.confidence);
  const rows = [
    [
      "difference",
      estimate === null ? "–" : points(estimate),
      `${pointsInterval(low, high)}, ${level} (${METHODS[method]})`,
    ],
    ["regressions", `${regressions}`, "passed by the baseline, failed by the candidate"],
    ["improvements", `${improvements}`, "failed by the baseline, passed by the candidate"],
  ];
  if (clusters !== null) {
    const effect = figure(clusters.designEffect);
    rows.push([
      "clusters",
      `${clusters.count}`,
      `cases that depend on each other; design effect ${effect}`,
    ]);
  }
  if (cost.fuel.estimate !== null) rows.push(["fuel", ...ratioCells(cost.fuel)]);
  // Memory comes in pages and is mostly the same: it is shown where it tells the arms apart.
  const memory = cost.memory.estimate;
  if (memory !== null && Math.abs(memory - 1) >= 0.005) {
    rows.push(["memory", ...ratioCells(cost.memory)]);
  }
  return indented(rows, ["left", "right", "left"]);
}

function ratioCells({ estimate, low, high }: Estimate): string[] {
  const interval = low === null || high === null ? "" : `[${low.toFixed(2)}, ${high.toFixed(2)}], `;
  return [`× ${(estimate ?? NaN).toFixed(2)}`, `${interval}candidate over baseline, same cases`];
}

/** The task's metrics, and how far its groups are apart in them. */
export function metricLines({ metrics }: Report, paint: Palette): string[] {
  if (metrics.length === 0) return [];
  const rows = metrics.flatMap((metric) => [
    [
      shown(metric.name),
      armFigures(metric.baseline, metric.candidate),
      `difference ${estimateText(metric.difference)}`,
      metricNote(metric),
    ],
    ...gapRows(metric),
  ]);
  return [
    paint.bold("metrics"),
    ...indented(rows, ["left", "left", "left", "left"]),
  ];
}

function metricNote({ kind, direction, missing }: MetricEvidence): string {
  const what = `${kind}, ${direction} is better`;
  return missing === 0 ? what : `${what}; ${count(missing, "case")} without the candidate's value`;
}

function gapRows({ gap }: MetricEvidence): string[][] {
  if (gap === null) return [];
  const { baseline, candidate } = gap;
  return [[
    "  gap of its groups",
    armFigures(baseline.estimate, candidate.estimate),
    `candidate ${estimateText(candidate)}`,
    "largest group mean minus smallest",
  ]];
}

function armFigures(baseline: number | null, candidate: number | null): string {
  const text = (value: number | null) => value === null ? "–" : figure(value);
  return `baseline ${text(baseline)}, candidate ${text(candidate)}`;
}

function estimateText({ estimate, low, high }: Estimate): string {
  if (estimate === null) return "–";
  if (low === null || high === null) return `${figure(estimate)}, no interval`;
  return `${figure(estimate)} ${figureInterval(low, high)}`;
}

/** Pass rates by group. */
export function groupLines({ groups, groupsDropped }: Report, paint: Palette): string[] {
  if (groups.length === 0) return [];
  const rows = groups.map(({ name, cases, passed }) => [
    shown(name),
    `baseline ${passed.baseline}/${cases}`,
    `candidate ${passed.candidate}/${cases}`,
  ]);
  const rest = `  … and ${count(groupsDropped, "case")} of groups too many to be told apart`;
  return [
    paint.bold("groups"),
    ...indented(rows, ["left", "left", "left"]),
    ...(groupsDropped === 0 ? [] : [rest]),
  ];
}

/** How often relations were checked and held. */
export function relationLines({ relations }: Report, paint: Palette): string[] {
  if (relations.length === 0) return [];
  const rows = relations.map((relation) => [
    shown(relation.name),
    ...ARMS.map((arm) => {
      const { checked, failed } = relation[arm];
      if (checked === 0) return `${arm} never checked`;
      return `${arm} ${checked - failed}/${checked}`;
    }),
    relation.category === "" ? "" : shown(`(${relation.category})`),
  ]);
  return [paint.bold("relations"), ...indented(rows, ["left", "left", "left", "left"])];
}

/** Cases that did not come out the same each time. */
export function stabilityLines({ unstable, run }: Report, paint: Palette): string[] {
  if (unstable === null) return [];
  const rows = ARMS.map((arm) => {
    const { judgements, outputs, first } = unstable[arm];
    const where = first.length === 0
      ? ""
      : `cases ${first.join(", ")}${judgements + outputs > first.length ? ", …" : ""}`;
    return [
      arm,
      `${count(judgements, "case")} passed in some repetitions only`,
      `${outputs} more with changing outputs`,
      where,
    ];
  });
  return [
    paint.bold(`stability, each case ${run.repetitions} times`),
    ...indented(rows, ["left", "left", "left", "left"]),
  ];
}

function indented(rows: string[][], alignments: Alignment[]): string[] {
  return alignColumns(rows, alignments).map((line) => `  ${line}`);
}
