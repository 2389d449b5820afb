import type { ChildProcess } from "node:child_process";
import process from "node:process";
import { type Ended, ended, start } from "../../cli/cupel.ts";

/** A `cupel` command that goes on until something ends it. */
export class RunningCommand {
  readonly #child: ChildProcess;
  readonly ended: Promise<Ended>;
  stdout = "";
  stderr = "";

  private constructor(child: ChildProcess) {
    this.#child = child;
    for (const stream of ["stdout", "stderr"] as const) {
      child[stream]?.setEncoding("utf8").on("data", (text: string) => {
        this[stream] += text;
      });
    }
    this.ended = ended(child);
  }

  /** Starts one and waits until it says its first line, or ends. */
  static async start(...args: string[]): Promise<RunningCommand> {
    const child = start(args);
    const command = new RunningCommand(child);
    const heard = new Promise((resolve) => child.stdout?.once("data", resolve));
    await Promise.race([heard, command.ended]);
    return command;
  }

  /** Its process. */
  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Sends a signal. Deno's `child.kill` makes the child look as if it had not ended by itself. */
  signal(signal: NodeJS.Signals): void {
    process.kill(this.pid, signal);
  }

  /** Sends a signal and gives how it ended. */
  end(signal: NodeJS.Signals): Promise<Ended> {
    this.signal(signal);
    return this.ended;
  }
}
