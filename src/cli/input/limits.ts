import { DEFAULT_LIMITS, type Limits, limitsSchema } from "../../../sandbox/limits.ts";
import { bytes, duration } from "../../report/numbers.ts";
import type { OptionSpec, OptionValues } from "../command.ts";
import { parseDuration } from "./duration.ts";
import { refuse } from "./refuse.ts";
import { parseSize } from "./size.ts";
import { parseWholeNumber } from "./whole_number.ts";

/** The options by which every command that runs guests takes their limits. */
export const LIMIT_OPTIONS: OptionSpec[] = [
  {
    flags: "--fuel <units>",
    description:
      "most work that one call may do; some seven units take a nanosecond, and their count " +
      "is exact",
    defaultText: `${DEFAULT_LIMITS.fuel}`,
  },
  {
    flags: "--memory <size>",
    description: "most memory of a guest: 64MiB, 16mb, or a number of bytes",
    defaultText: bytes(DEFAULT_LIMITS.memoryBytes).replace(".0 ", ""),
  },
  {
    flags: "--deadline <duration>",
    description: "most wall-clock time of one call: 2s, 500ms, or a number of milliseconds",
    defaultText: `${DEFAULT_LIMITS.deadlineMs / 1000}s`,
  },
];

const FLAGS: Partial<Record<keyof Limits, { name: string; show: (value: number) => string }>> = {
  memoryBytes: { name: "--memory", show: bytes },
  fuel: { name: "--fuel", show: String },
  deadlineMs: { name: "--deadline", show: duration },
};

/**
 * The limits that the options ask for; the rest takes its default.
 *
 * @throws {CupelError} `bad-input`, naming the flag.
 */
export function parseLimits(options: OptionValues): Limits {
  const { fuel, memory, deadline } = options;
  const asked: Partial<Limits> = {};
  if (typeof fuel === "string") {
    asked.fuel = parseWholeNumber("--fuel", fuel, 1, Number.MAX_SAFE_INTEGER);
  }
  if (typeof memory === "string") asked.memoryBytes = parseSize("--memory", memory);
  if (typeof deadline === "string") asked.deadlineMs = parseDuration("--deadline", deadline);
  const parsed = limitsSchema.safeParse(asked);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const flag = FLAGS[issue?.path[0] as keyof Limits];
  if (issue === undefined || flag === undefined) throw parsed.error;
  const typed = options[flag.name.slice(2)];
  throw refuse(flag.name, bound(issue, flag.show), String(typed));
}

interface BoundIssue {
  code?: string;
  minimum?: unknown;
  maximum?: unknown;
  message: string;
}

/** What a failed check of a range accepts, in words. */
function bound(issue: BoundIssue, show: (value: number) => string): string {
  if (issue.code === "too_small") return `at least ${show(Number(issue.minimum))}`;
  if (issue.code === "too_big") return `at most ${show(Number(issue.maximum))}`;
  return issue.message;
}
