import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { executablePath } from "../../../src/runtime/host.ts";

const MAIN = fileURLToPath(new URL("../../../src/cli/main.ts", import.meta.url));

/** A node in a process of its own: `cupel worker`. */
export class NodeProcess {
  readonly #child: ChildProcess;
  stderr = "";

  private constructor(child: ChildProcess) {
    this.#child = child;
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.stderr += text;
    });
  }

  /** Starts one and waits until it serves. */
  static async start(url: string, args: string[]): Promise<NodeProcess> {
    const child = spawn(
      executablePath(),
      ["run", "-A", "--quiet", MAIN, "worker", "--nats", url, ...args],
      { stdio: ["ignore", "pipe", "pipe"] },
    );
    const node = new NodeProcess(child);
    const { stdout } = child;
    if (stdout !== null) await Promise.race([once(stdout, "data"), once(child, "exit")]);
    return node;
  }

  /** Ends it as a crash of the machine would. */
  kill(): Promise<number | null> {
    return this.#end("SIGKILL");
  }

  /** Tells it to stop, and gives its exit code. */
  stop(): Promise<number | null> {
    return this.#end("SIGTERM");
  }

  async #end(signal: "SIGKILL" | "SIGTERM"): Promise<number | null> {
    const { exitCode, signalCode, pid } = this.#child;
    if (exitCode !== null || signalCode !== null || pid === undefined) return exitCode;
    const ended = once(this.#child, "exit");
    process.kill(pid, signal);
    const [code] = await ended;
    return code;
  }
}
