import type { Context } from "./context.ts";

/** An argument by position. */
export interface ArgumentSpec {
  name: string;
  description: string;
  /** Whether it may be left out; all after it too then. */
  optional?: boolean;
}

/** An option; its value, if it takes one, stays text until the command parses it. */
export interface OptionSpec {
  /** In commander's notation: `-n, --cases <count>`, or `--json` for a switch. */
  flags: string;
  description: string;
  required?: boolean;
  /** What help says the value is if left out. */
  defaultText?: string;
}

/** What the user typed, before anything is parsed: values by the option's long name. */
export type OptionValues = Readonly<Record<string, string | true | undefined>>;

/** One command as data, in a file of its own. */
export interface CommandSpec {
  arguments: ArgumentSpec[];
  options: OptionSpec[];
  /** Shown below the options in help, before the examples. */
  sections?: { title: string; lines: string[] }[];
  /** Shown below the options in help: a shell line and what it does. */
  examples: { line: string; does: string }[];
  /** What the exit codes say, for help. */
  exitCodes: string;
  /**
   * Does the work.
   *
   * @returns The exit code.
   * @throws {CupelError} `bad-input` for what the user gave, `cancelled` after an interrupt.
   */
  run(positional: string[], options: OptionValues, context: Context): Promise<number>;
}

/** What is known of a command before its file is loaded. */
export interface CommandEntry {
  name: string;
  summary: string;
  load(): Promise<CommandSpec>;
}
