/** Most values of one label that come from outside, as classes do. */
export const MOST_VALUES = 100;

/** Stands for all values beyond the first {@linkcode MOST_VALUES}. */
export const OTHER = "other";

/**
 * Bounds a label: whoever invents classes must not fill the memory of those who count them.
 *
 * @returns Gives a value back as it is while it is one of the first that came, else {@linkcode OTHER}.
 */
export function boundedLabel(most: number = MOST_VALUES): (value: string) => string {
  const known = new Set<string>();
  return (value) => {
    if (known.has(value)) return value;
    if (known.size >= most) return OTHER;
    known.add(value);
    return value;
  };
}

/** Seconds of a duration in milliseconds; none where a clock that was put back makes it negative. */
export function seconds(ms: number): number {
  return Math.max(0, ms) / 1000;
}
