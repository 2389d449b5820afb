import type { OutputLevel } from "../outcome.ts";
import { ByteBuffer } from "./byte_buffer.ts";
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
  /** What came since the last line feed, cut where the output has no room for it anyway. */
  readonly #line = new ByteBuffer();
  /** Bytes since the last line feed, whether they are kept or not. */
  #length = 0;

  constructor(output: CapturedOutput, level: OutputLevel) {
    this.#output = output;
    this.#level = level;
  }

  /** Bytes of the unfinished line that are held: never more than the output has room for. */
  get held(): number {
    return this.#line.length;
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
    if (this.#length > 0) this.#endLine();
  }

  reset(): void {
    this.#line.clear();
    this.#length = 0;
  }

  #take(bytes: Uint8Array): void {
    const room = this.#output.room - this.#length;
    this.#length += bytes.length;
    if (room > 0 && bytes.length > 0) this.#line.add(bytes.subarray(0, room));
  }

  #endLine(): void {
    // Whoever writes to the same output by another stream may have left less room than there was.
    const kept = this.#line.view().subarray(0, this.#output.room);
    this.#output.add(this.#level, decode(kept, this.#length > kept.length), this.#length);
    this.reset();
  }
}

/** Text in UTF-8; of a character that was cut at the end nothing is left. */
function decode(bytes: Uint8Array, isCut: boolean): string {
  if (bytes.length === 0) return "";
  return isCut ? newDecoder().decode(bytes, { stream: true }) : decoder.decode(bytes);
}

/** Any bytes have a text, and it has all that they have: a byte order mark too. */
function newDecoder(): TextDecoder {
  return new TextDecoder("utf-8", { ignoreBOM: true });
}

const decoder = newDecoder();

const LINE_FEED = 10;

/** A stream that is kept whole, up to a limit. */
export class CollectingSink implements ByteSink {
  readonly #limit: number;
  readonly #kept = new ByteBuffer();
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
    if (room > 0) this.#kept.add(bytes.subarray(0, room));
  }

  end(): void {}

  reset(): void {
    this.#kept.clear();
    this.#length = 0;
  }

  /** A copy of all that is kept. */
  bytes(): Uint8Array<ArrayBuffer> {
    return this.#kept.view().slice();
  }
}
