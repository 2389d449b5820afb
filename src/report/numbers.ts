/** A rate as a percentage with one decimal; a dash where there is none: `0.9725` is "97.3 %". */
export function percent(rate: number | null): string {
  return rate === null ? "–" : `${(rate * 100).toFixed(1)} %`;
}

/** Bounds of an interval of rates as percentages: "[95.1, 98.6]". */
export function percentInterval(low: number, high: number): string {
  return `[${(low * 100).toFixed(1)}, ${(high * 100).toFixed(1)}]`;
}

/** A large count in four characters or so: 12345678 is "12.3 M". */
export function compact(count: number): string {
  if (count < 1000) return count.toFixed(0);
  if (count < 999_950) return `${(count / 1000).toFixed(1)} k`;
  if (count < 999_950_000) return `${(count / 1_000_000).toFixed(1)} M`;
  return `${(count / 1_000_000_000).toFixed(1)} G`;
}

/** Bytes in binary units: "1.5 MiB". */
export function bytes(count: number): string {
  if (count < 1024) return `${count} B`;
  if (count < 1024 * 1024) return `${(count / 1024).toFixed(1)} KiB`;
  return `${(count / (1024 * 1024)).toFixed(1)} MiB`;
}

/** Milliseconds in the unit that suits them: "3.2 ms", "1.24 s". */
export function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${milliseconds.toFixed(1)} ms`;
  return `${(milliseconds / 1000).toFixed(2)} s`;
}
