import { type ByteSink, LineSink } from "./byte_sink.ts";
import { VirtualClock } from "./clock.ts";
import { CapturedOutput } from "./output.ts";
import { type RandomSeed, SeededRandom } from "./random.ts";

/** How a world is made. */
export interface WorldOptions {
  /** Most bytes of captured output. */
  outputBytes: number;
  /** Command-line arguments, the program's name first. */
  args?: readonly string[];
  /** Where standard output goes; captured lines of level `log` unless said otherwise. */
  stdout?(output: CapturedOutput): ByteSink;
}

/** What a call begins with. */
export interface WorldStart {
  /** Fuel that was used before: where the clock stands. */
  fuelBefore: number;
  /** Nanoseconds that were slept before, as by a guest that waits while it loads; none unless said. */
  sleptBefore?: number;
  seed?: RandomSeed | undefined;
  stdin?: Uint8Array;
}

/**
 * All of the outside that a guest can see, whatever interface it sees it through: a clock that its own
 * work moves, seeded random bytes, standard streams and arguments. There is nothing else.
 *
 * All that a call can change of it is put back by {@linkcode begin}.
 */
export class World {
  readonly clock = new VirtualClock();
  readonly output: CapturedOutput;
  /** For what a guest should not be able to foresee. */
  readonly random = new SeededRandom();
  readonly stdout: ByteSink;
  readonly stderr: ByteSink;
  readonly args: readonly string[];
  #stdin: Uint8Array = new Uint8Array();
  #stdinAt = 0;

  constructor({ outputBytes, args = [], stdout }: WorldOptions) {
    this.output = new CapturedOutput(outputBytes);
    this.stdout = stdout?.(this.output) ?? new LineSink(this.output, "log");
    this.stderr = new LineSink(this.output, "error");
    this.args = args;
  }

  /** Makes the world as a call finds it. */
  begin(
    { fuelBefore, sleptBefore = 0, seed = [0, 0, 0, 0], stdin = new Uint8Array() }: WorldStart,
  ): void {
    this.clock.startFrom(fuelBefore, sleptBefore);
    this.random.seed(seed);
    this.output.take();
    this.stdout.reset();
    this.stderr.reset();
    this.#stdin = stdin;
    this.#stdinAt = 0;
  }

  /** The call is over: what is left of unfinished lines is output as well. */
  end(): void {
    this.stdout.end();
    this.stderr.end();
  }

  /** Bytes of standard input that are not read yet. */
  get stdinLeft(): number {
    return this.#stdin.length - this.#stdinAt;
  }

  /** Takes at most `length` bytes off standard input; none at its end. */
  readStdin(length: number): Uint8Array {
    const bytes = this.#stdin.subarray(this.#stdinAt, this.#stdinAt + length);
    this.#stdinAt += bytes.length;
    return bytes;
  }
}
