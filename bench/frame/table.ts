import type { Bench, Medians } from "./bench.ts";
import { median } from "./median.ts";
import type { Series } from "./rounds.ts";

/** Medians of what was measured. */
export function mediansOf(series: Record<string, Series>): Medians {
  const medians: Medians = {};
  for (const [name, one] of Object.entries(series)) {
    if (!("rows" in one)) continue;
    const rows = Object.entries(one.rows).map(([row, values]) => [row, median(values)]);
    medians[name] = Object.fromEntries(rows);
  }
  return medians;
}

/** A bench's results as Markdown: medians, ratios to the reference, raw values, targets. */
export function benchMarkdown(bench: Bench, series: Record<string, Series>): string[] {
  const medians = mediansOf(series);
  const reference = bench.reference === undefined ? undefined : medians[bench.reference] ?? {};
  const findings = bench.judge?.(medians) ?? [];
  return [
    `## ${bench.title}`,
    "",
    ...(reference === undefined ? [`| | ${bench.unit} | every round |`, "| --- | ---: | --- |"] : [
      `| | ${bench.unit} | × ${bench.reference} | every round |`,
      "| --- | ---: | ---: | --- |",
    ]),
    ...Object.entries(series).flatMap(([name, one]) => seriesLines(name, one, reference)),
    ...recordedLines(bench, reference),
    ...(findings.length > 0 ? [""] : []),
    ...findings.map(({ text, met }) => `- ${met ? "met" : "**missed**"}: ${text}`),
  ];
}

/** Medians of the reference by row. */
type Reference = Record<string, number> | undefined;

function seriesLines(name: string, series: Series, reference: Reference): string[] {
  if ("notMeasured" in series) {
    return [`| ${name} | – |${reference ? " – |" : ""} not measured: ${series.notMeasured} |`];
  }
  return Object.entries(series.rows).map(([row, values]) => {
    const middle = median(values);
    const ratio = ratioCell(reference, middle, reference?.[row]);
    const title = row === "" ? name : `${name}: ${row}`;
    return `| ${title} | ${figure(middle)} |${ratio} ${values.map(figure).join(", ")} |`;
  });
}

function recordedLines(bench: Bench, reference: Reference): string[] {
  return Object.entries(bench.recorded ?? {}).map(([name, { value, source }]) => {
    const ratio = ratioCell(reference, value, Object.values(reference ?? {})[0]);
    return `| ${name} | ${figure(value)} |${ratio} recorded, not measured here: ${source} |`;
  });
}

/** The cell with the ratio to the reference; nothing where there is no reference. */
function ratioCell(reference: Reference, value: number, to = NaN): string {
  return reference === undefined ? "" : ` ${formatRatio(value / to)} |`;
}

function formatRatio(ratio: number): string {
  if (Number.isNaN(ratio)) return "–";
  return ratio.toFixed(ratio < 10 ? 2 : 0);
}

/** Three significant digits or all of the whole part. */
function figure(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
