import type { OutputLevel, OutputLine } from "../outcome.ts";

/** Bytes of the limit that allow for one line: a line costs the host memory even if it is empty. */
const BYTES_PER_LINE = 16;

/** Lines that are kept however low the limit is. */
const ALWAYS_LINES = 1000;

/** Console output of one call, cut at a limit. */
export class CapturedOutput {
  readonly #limit: number;
  readonly #maximumLines: number;
  #lines: OutputLine[] = [];
  #bytes = 0;
  #isFull = false;

  /** @param limit most bytes of text, in UTF-8. A sixteenth of it, but at least 1,000, is the most lines. */
  constructor(limit: number) {
    this.#limit = limit;
    this.#maximumLines = Math.max(ALWAYS_LINES, Math.floor(limit / BYTES_PER_LINE));
  }

  /** Bytes that another line may have before the output is full. */
  get room(): number {
    return this.#limit - this.#bytes;
  }

  /**
   * Adds a line.
   *
   * @param bytes size of the text in UTF-8 before it was cut to {@linkcode room}.
   */
  add(level: OutputLevel, text: string, bytes: number): void {
    if (this.#isFull) return;
    if (this.#lines.length === this.#maximumLines) {
      this.#close(`${this.#maximumLines} lines`);
    } else if (bytes <= this.room) {
      this.#bytes += bytes;
      this.#lines.push({ level, text });
    } else {
      if (text !== "") this.#lines.push({ level, text });
      this.#close(`${this.#limit} bytes`);
    }
  }

  /** Hands the lines over and begins anew. */
  take(): OutputLine[] {
    if (this.#lines.length === 0) return [];
    const lines = this.#lines;
    this.#lines = [];
    this.#bytes = 0;
    this.#isFull = false;
    return lines;
  }

  #close(limit: string): void {
    this.#isFull = true;
    this.#bytes = this.#limit;
    this.#lines.push({ level: "warn", text: `(output beyond ${limit} was dropped)` });
  }
}
