import type { ChildProcess } from "node:child_process";
import process from "node:process";
import { type Ended, ended, start } from "../../cli/cupel.ts";

/** A controller in a process of its own: `cupel evaluate`. */
export class ControllerProcess {
  readonly #child: ChildProcess;
  /** How it ended. */
  readonly ended: Promise<Ended>;

  /** @param args What follows `evaluate`. */
  constructor(args: string[]) {
    this.#child = start(["evaluate", ...args]);
    this.ended = ended(this.#child);
  }

  /** Whether it is still there. */
  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Interrupts it, as Ctrl-C does, and gives its exit code. */
  async interrupt(): Promise<number | null> {
    if (this.#child.pid !== undefined) process.kill(this.#child.pid, "SIGINT");
    return (await this.ended).code;
  }

  /** Ends it as a crash of the machine would. */
  async kill(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.ended;
  }
}
