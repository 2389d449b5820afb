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
  const reference = medians[bench.reference] ?? {};
  const findings = bench.judge?.(medians) ?? [];
  return [
    `## ${bench.title}`,
    "",
    `| | ${bench.unit} | × ${bench.reference} | every round |`,
    "| --- | ---: | ---: | --- |",
    ...Object.entries(series).flatMap(([name, one]) => seriesLines(name, one, reference)),
    ...recordedLines(bench, Object.values(reference)),
    ...(findings.length > 0 ? [""] : []),
    ...findings.map(({ text, met }) => `- ${met ? "met" : "**missed**"}: ${text}`),
  ];
}

function seriesLines(name: string, series: Series, reference: Record<string, number>): string[] {
  if ("notMeasured" in series) return [`| ${name} | – | – | not measured: ${series.notMeasured} |`];
  return Object.entries(series.rows).map(([row, values]) => {
    const middle = median(values);
    const ratio = formatRatio(middle / (reference[row] ?? NaN));
    const title = row === "" ? name : `${name}: ${row}`;
    return `| ${title} | ${figure(middle)} | ${ratio} | ${values.map(figure).join(", ")} |`;
  });
}

function recordedLines(bench: Bench, reference: number[]): string[] {
  return Object.entries(bench.recorded ?? {}).map(([name, { value, source }]) => {
    const ratio = formatRatio(value / (reference[0] ?? NaN));
    return `| ${name} | ${figure(value)} | ${ratio} | recorded, not measured here: ${source} |`;
  });
}

function formatRatio(ratio: number): string {
  if (Number.isNaN(ratio)) return "–";
  return ratio.toFixed(ratio < 10 ? 2 : 0);
}

/** Three significant digits or all of the whole part. */
function figure(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
