import { type ChildProcess, spawn } from "node:child_process";
import process from "node:process";
import type { ExitReason } from "../metrics/spawner_metrics.ts";
import { exitOf } from "./worker_exit.ts";

/** Why a worker ended, and how to say it. */
export interface WorkerEnd {
  reason: ExitReason;
  /** As `exit code 70`, or `SIGKILL`. */
  how: string;
}

/** More of one line than this is not kept. */
const MOST_CHARACTERS = 10_000;

/** The line in which a worker says that it is connected, and serves. */
const SERVES = /^node \S+ serves /m;

/** A worker in a process of its own. */
export class WorkerProcess {
  readonly startedAt: number = performance.now();
  readonly ended: Promise<WorkerEnd>;
  readonly #child: ChildProcess;
  #isTold = false;
  #hasEnded = false;
  #tail = "";
  #servedAt: number | undefined;

  /**
   * Starts one.
   *
   * @param command The program, then its arguments.
   */
  constructor([program = "", ...args]: readonly string[]) {
    // In a group of its own: Ctrl-C in a terminal would reach it as well, and be its second signal.
    this.#child = spawn(program, args, { stdio: ["ignore", "pipe", "inherit"], detached: true });
    this.#child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      this.#tail = `${this.#tail}${text}`.slice(-MOST_CHARACTERS);
      if (SERVES.test(this.#tail)) this.#servedAt ??= performance.now();
    });
    this.ended = new Promise((resolve) => {
      this.#child.on(
        "error",
        ({ message }) => resolve(this.#end({ reason: "crashed", how: message })),
      );
      this.#child.on("close", (code, signal) => {
        const lastLine = this.#tail.trimEnd().split("\n").at(-1) ?? "";
        const reason = exitOf({ code, signal, lastLine, isTold: this.#isTold });
        resolve(this.#end({ reason, how: signal ?? `exit code ${code}` }));
      });
    });
  }

  /** Milliseconds since it said that it serves; none where it never did, however long it has tried. */
  get servedMs(): number {
    return this.#servedAt === undefined ? 0 : performance.now() - this.#servedAt;
  }

  /** Whether it was told to stop. */
  get isTold(): boolean {
    return this.#isTold;
  }

  /** Tells it to stop once it has done what it holds. */
  tell(): void {
    if (this.#isTold) return;
    this.#isTold = true;
    this.#signal("SIGTERM");
  }

  /** Ends it at once. */
  kill(): void {
    this.#signal("SIGKILL");
  }

  #end(end: WorkerEnd): WorkerEnd {
    this.#hasEnded = true;
    return end;
  }

  #signal(signal: "SIGTERM" | "SIGKILL"): void {
    const { pid } = this.#child;
    if (pid === undefined || this.#hasEnded) return;
    try {
      // Deno's child.kill says afterwards that the child did not end by itself.
      process.kill(pid, signal);
    } catch {
      // It has ended this moment.
    }
  }
}
