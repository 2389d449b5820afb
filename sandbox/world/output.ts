import type { OutputLevel, OutputLine } from "../outcome.ts";

/** Console output of one call, cut at a limit. */
export class CapturedOutput {
  readonly #limit: number;
  #lines: OutputLine[] = [];
  #bytes = 0;
  #isFull = false;

  /** @param limit most bytes of text, in UTF-8. */
  constructor(limit: number) {
    this.#limit = limit;
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
    if (bytes <= this.room) {
      this.#bytes += bytes;
      this.#lines.push({ level, text });
      return;
    }
    this.#isFull = true;
    this.#bytes = this.#limit;
    if (text !== "") this.#lines.push({ level, text });
    this.#lines.push({ level: "warn", text: `(output beyond ${this.#limit} bytes was dropped)` });
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
}
