/** Figures of one process: one number, or one for each row of the table. */
export type Figures = number | Record<string, number>;

/** One way of doing the thing that is measured. */
export interface Variant {
  /** What the process runs on; Deno where nothing is said. */
  runtime?: "deno" | "bun" | "node";
  /** Further flags for that runtime. */
  flags?: string[];
  /**
   * Runs in a fresh process and gives the figures of one round, in the unit of the bench.
   *
   * @throws NotMeasured where this machine lacks what the variant needs.
   */
  measure: () => Promise<Figures> | Figures;
}

/** A figure that was measured elsewhere, and is printed as such. */
export interface Recorded {
  /** In the unit of the bench. */
  value: number;
  /** Where and how it was measured. */
  source: string;
}

/** Medians by variant, then by row. Variants that could not be measured are missing. */
export type Medians = Record<string, Record<string, number>>;

/** Whether a target was met. */
export interface Finding {
  text: string;
  met: boolean;
}

/** A comparison: the default export of a `*_bench.ts`. */
export interface Bench {
  title: string;
  /** Unit of the figures, such as `µs a call`. Less is better. */
  unit: string;
  /** The variant that the others are divided by; none where the figures are ratios themselves. */
  reference?: string;
  variants: Record<string, Variant>;
  recorded?: Record<string, Recorded>;
  /** Compares medians with the project's targets. */
  judge?: (medians: Medians) => Finding[];
}

/** Row of a bench whose variants give one number. */
export const ONLY_ROW = "";

/** Says why a variant cannot be measured on this machine. */
export class NotMeasured extends Error {
  override readonly name = "NotMeasured";
}
