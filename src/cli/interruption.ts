import process from "node:process";
import { onInterrupt } from "../runtime/host.ts";
import type { OutputStream } from "../runtime/mod.ts";
import { SIGNAL_EXIT } from "./exit_codes.ts";

type Signal = keyof typeof SIGNAL_EXIT;

/** How long the tidy end may take before the process just ends, in milliseconds. */
const GRACE_MS = 500;

/**
 * Listens for SIGINT (Ctrl-C) and SIGTERM. The first aborts {@linkcode Interruption.signal}, so that
 * whatever runs can stop tidily; a second, or a tidy end that takes too long, ends the process at
 * once, with its threads.
 */
export class Interruption {
  readonly #controller = new AbortController();
  readonly #stderr: OutputStream;
  readonly #stopListening: () => void;
  #received: Signal | undefined;

  /** What to tell the user when it happens, such as how far the work came. */
  note = "";

  constructor(stderr: OutputStream) {
    this.#stderr = stderr;
    this.#stopListening = onInterrupt((signal) => this.#receive(signal));
  }

  /** Aborts at the first interrupt. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** The exit code that the interrupt asks for; `undefined` where there was none. */
  get exitCode(): number | undefined {
    return this.#received && SIGNAL_EXIT[this.#received];
  }

  /**
   * Listens no more, so that a signal ends the process as it ends any other. For what computes without a
   * pause, as nothing is heard meanwhile, and leaves nothing to tidy.
   */
  release(): void {
    this.#stopListening();
  }

  #receive(signal: Signal): void {
    if (this.#received) process.exit(SIGNAL_EXIT[signal]);
    this.#received = signal;
    const line = this.note === "" ? "interrupted" : `interrupted: ${this.note}`;
    this.#stderr.write(`${this.#stderr.isTerminal ? "\r\u001b[K" : ""}${line}\n`);
    setTimeout(() => process.exit(SIGNAL_EXIT[signal]), GRACE_MS).unref();
    this.#controller.abort();
  }
}
