import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { executablePath } from "../../src/runtime/host.ts";
import type { BenchCluster } from "./cluster.ts";

const PROGRAM = fileURLToPath(new URL("./fleet_process.ts", import.meta.url));

/** Many light nodes, in a process of their own so that what they cost can be told from the rest. */
export class Fleet {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  private constructor(child: ChildProcess, lines: AsyncIterator<string>) {
    this.#child = child;
    this.#lines = lines;
  }

  /** Starts so many nodes; they are there when it resolves. */
  static async start({ url, prefix }: BenchCluster, count: number): Promise<Fleet> {
    const args = ["run", "-A", "--quiet", PROGRAM, url, prefix, `${count}`];
    const child = spawn(executablePath(), args, { stdio: ["pipe", "pipe", "inherit"] });
    const { stdout } = child;
    const lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
    const fleet = new Fleet(child, lines);
    const line = await fleet.#line();
    if (line !== "ready") throw new Error(`the fleet said ${line}`);
    return fleet;
  }

  /** Messages, in and out, that went over the nodes' connections so far. */
  async messages(): Promise<number> {
    this.#child.stdin?.write("\n");
    return Number(await this.#line());
  }

  /** Ends all at once, as a crash would. */
  async kill(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const ended = once(this.#child, "exit");
    this.#child.kill("SIGKILL");
    await ended;
  }

  async #line(): Promise<string> {
    const { value, done } = await this.#lines.next();
    if (done) throw new Error("the fleet has ended");
    return value;
  }
}
