import type { OutputStream } from "../runtime/mod.ts";

const BAR_WIDTH = 24;

/** Fewest milliseconds between two drawings. */
const INTERVAL_MS = 80;

/** One line on a terminal's standard error that shows how far a run is; nothing in a pipe. */
export class Progress {
  readonly #stream: OutputStream;
  #drawnAt = -Infinity;

  constructor(stream: OutputStream) {
    this.#stream = stream;
  }

  /** Shows that `done` of `total` cases are done, if the line has not just been drawn. */
  update(done: number, total: number): void {
    if (!this.#stream.isTerminal) return;
    const now = performance.now();
    if (now - this.#drawnAt < INTERVAL_MS && done < total) return;
    this.#drawnAt = now;
    const line = progressLine(done, total).slice(0, this.#stream.columns - 1);
    this.#stream.write(`\r${line}\u001b[K`);
  }

  /** Takes the line away, if there is one. */
  clear(): void {
    if (this.#drawnAt === -Infinity) return;
    this.#drawnAt = -Infinity;
    this.#stream.write("\r\u001b[K");
  }
}

/** "evaluating ████████░░░░  120/400". */
export function progressLine(done: number, total: number): string {
  const share = total === 0 ? 1 : Math.min(1, done / total);
  const filled = Math.floor(share * BAR_WIDTH);
  const bar = "█".repeat(filled) + "░".repeat(BAR_WIDTH - filled);
  return `evaluating ${bar} ${done}/${total}`;
}
