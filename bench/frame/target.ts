import { type Finding, type Medians, ONLY_ROW } from "./bench.ts";

/**
 * A target: a peer must need at least `factor` times as much as we do.
 *
 * @returns One finding; none if either could not be measured.
 */
export function atLeast(
  factor: number,
  medians: Medians,
  peer: string,
  ours: string,
): Finding[] {
  const ratio = ratioOf(medians, peer, ours);
  if (ratio === undefined) return [];
  const text = `${peer} needs at least ${factor} times as much as ${ours}: ${ratio.toFixed(1)}`;
  return [{ text, met: ratio >= factor }];
}

/**
 * A target: we must need at most `factor` times as much as a reference.
 *
 * @returns One finding; none if either could not be measured.
 */
export function atMost(
  factor: number,
  medians: Medians,
  ours: string,
  reference: string,
): Finding[] {
  const ratio = ratioOf(medians, ours, reference);
  if (ratio === undefined) return [];
  const text = `${ours} needs at most ${factor} times as much as ${reference}: ${ratio.toFixed(2)}`;
  return [{ text, met: ratio <= factor }];
}

function ratioOf(medians: Medians, over: string, under: string): number | undefined {
  const [numerator, denominator] = [medians[over]?.[ONLY_ROW], medians[under]?.[ONLY_ROW]];
  if (numerator === undefined || denominator === undefined) return undefined;
  return numerator / denominator;
}
