import type { OutputLevel } from "../outcome.ts";
import type { CapturedOutput } from "./output.ts";

/** Where a guest's stream of bytes goes. */
export interface ByteSink {
  /** Takes bytes; it keeps no reference to them. */
  write(bytes: Uint8Array): void;
  /** Takes it that nothing more comes. */
  end(): void;
  /** Forgets what was written. */
  reset(): void;
}

/** A stream of text that becomes captured lines, one for each line feed. */
export class LineSink implements ByteSink {
  readonly #output: CapturedOutput;
  readonly #level: OutputLevel;
  #decoder = new TextDecoder();
  /** Text since the last line feed, cut where the output has no room for it anyway. */
  #line = "";
  /** Bytes since the last line feed. */
  #bytes = 0;

  constructor(output: CapturedOutput, level: OutputLevel) {
    this.#output = output;
    this.#level = level;
  }

  write(bytes: Uint8Array): void {
    let start = 0;
    for (let at = bytes.indexOf(LINE_FEED); at !== -1; at = bytes.indexOf(LINE_FEED, start)) {
      this.#take(bytes.subarray(start, at));
      this.#endLine();
      start = at + 1;
    }
    this.#take(bytes.subarray(start));
  }

  end(): void {
    if (this.#bytes > 0) this.#endLine();
  }

  reset(): void {
    this.#decoder = new TextDecoder();
    this.#line = "";
    this.#bytes = 0;
  }

  #take(bytes: Uint8Array): void {
    const room = Math.max(0, this.#output.room - this.#bytes);
    this.#bytes += bytes.length;
    if (room > 0) this.#line += this.#decoder.decode(bytes.subarray(0, room), { stream: true });
  }

  #endLine(): void {
    const text = this.#line + this.#decoder.decode();
    this.#output.add(this.#level, text, this.#bytes);
    this.#line = "";
    this.#bytes = 0;
  }
}

const LINE_FEED = 10;

/** A stream that is kept whole, up to a limit. */
export class CollectingSink implements ByteSink {
  readonly #limit: number;
  #chunks: Uint8Array[] = [];
  #length = 0;

  /** @param limit most bytes that are kept. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Whether more was written than is kept. */
  get overflowed(): boolean {
    return this.#length > this.#limit;
  }

  write(bytes: Uint8Array): void {
    const room = this.#limit - this.#length;
    this.#length += bytes.length;
    if (room > 0 && bytes.length > 0) this.#chunks.push(bytes.slice(0, room));
  }

  end(): void {}

  reset(): void {
    this.#chunks = [];
    this.#length = 0;
  }

  /** All that is kept. */
  bytes(): Uint8Array<ArrayBuffer> {
    const all = new Uint8Array(Math.min(this.#length, this.#limit));
    let at = 0;
    for (const chunk of this.#chunks) {
      all.set(chunk, at);
      at += chunk.length;
    }
    return all;
  }
}
