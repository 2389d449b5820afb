/** A value as a door gives it: text from the command line and the environment, more from a file. */
export type Given = string | number | boolean | Record<string, unknown>;

/** A value on its way to a setting. */
export interface Source {
  /** What the user knows the door by: `--seed`, `CUPEL_SEED`, `cupel.toml: seed`. */
  origin: string;
  given: Given;
  /** Folder that relative paths start in. */
  folder: string;
}

/** Something that can be set on the command line, in the environment, and in a file. */
export interface Setting<T> {
  /** In commander's notation, such as `--seed <number>`. */
  flags: string;
  /** The flag that messages name. */
  flag: string;
  /** The environment variable. */
  variable: string;
  description: string;
  /** The value where nobody sets it; `undefined` where it depends on the rest of a run. */
  fallback: T;
  /** What help says the fallback is. */
  fallbackText: string;
  /**
   * The value from what was given.
   *
   * @throws {CupelError} `bad-input`, naming the source.
   */
  parse(source: Source): T | Promise<T>;
  /** The value for a person, as it may be given again. */
  show(value: NonNullable<T>): string;
}
