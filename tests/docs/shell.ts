import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import process from "node:process";
import { ROOT } from "../house/sources.ts";
import { findCompilers } from "../runner/compilers.ts";
import { findNatsServer } from "../runner/nats_server.ts";

/** How a command ended and what it wrote. */
export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** What a program says that goes on in the background, once others can use it. */
const READY = /Server is ready|^node \w+ serves /m;

/** `cupel` stands for the command line from source. */
const CUPEL = `#!/bin/sh\nexec deno run -A "${ROOT}/src/cli/main.ts" "$@"\n`;

/** `npx -y deno …` would fetch the Deno that runs this test already; else npx runs what is installed. */
const NPX = `#!/bin/sh
[ "$1" = "-y" ] && shift
PATH="$PATH${delimiter}${join(ROOT, "node_modules", ".bin")}" exec "$@"
`;

/** A shell in the project's folder, in which `deno`, `npx`, `cupel` and `rustc` are what users would have. */
export class Shell {
  readonly #folder = mkdtempSync(join(tmpdir(), "cupel-docs-"));
  readonly #background: ChildProcess[] = [];
  readonly #natsPort: number;

  /** @param natsPort Where a nats-server of a document listens, in place of its usual port. */
  constructor(natsPort: number) {
    this.#natsPort = natsPort;
    symlinkSync(process.execPath, join(this.#folder, "deno"));
    const compilers = findCompilers();
    if (compilers.found) symlinkSync(compilers.compilers.rustc, join(this.#folder, "rustc"));
    const nats = `#!/bin/sh\nexec "${findNatsServer()}" "$@" -p ${natsPort}\n`;
    for (const [name, script] of [["cupel", CUPEL], ["npx", NPX], ["nats-server", nats]] as const) {
      writeFileSync(join(this.#folder, name), script);
      chmodSync(join(this.#folder, name), 0o755);
    }
  }

  /**
   * A command of a document, with the `rustc` that was found, which need not be Debian's; what it would put
   * into /tmp goes to a folder of the shell's own: others may run the same command there. So does a
   * nats-server's port.
   */
  apart(command: string): string {
    return command.replaceAll("/tmp/", `${this.#folder}/`)
      .replaceAll(":4222", `:${this.#natsPort}`)
      .replace(/^\/usr\/bin\/rustc /, "rustc ");
  }

  /** Starts a command that goes on in the background, and waits until it says that it is ready. */
  async start(command: string): Promise<void> {
    const child = this.#spawn(`exec ${command.replace(/ *&$/, "")}`);
    this.#background.push(child);
    let said = "";
    await new Promise<void>((resolve, reject) => {
      const hear = (text: string) => {
        said += text;
        if (READY.test(said)) resolve();
      };
      child.stdout?.setEncoding("utf8").on("data", hear);
      child.stderr?.setEncoding("utf8").on("data", hear);
      child.on("close", () => reject(new Error(`${command} ended: ${said}`)));
    });
  }

  #spawn(command: string) {
    return spawn("sh", ["-c", command], {
      cwd: ROOT,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        NO_COLOR: "1",
        PATH: `${this.#folder}${delimiter}${process.env["PATH"]}`,
      },
    });
  }

  /** Runs one command line with an empty input; it is ended after `timeoutMs`. */
  run(command: string, timeoutMs: number): Promise<Ended> {
    const child = this.#spawn(command);
    // The whole group: a shell's children would outlive it and keep its output open.
    const timer = setTimeout(() => child.pid && process.kill(-child.pid, "SIGKILL"), timeoutMs);
    const ended: Ended = { code: null, stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => ended.stdout += text);
    child.stderr.setEncoding("utf8").on("data", (text: string) => ended.stderr += text);
    return new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code) => {
        clearTimeout(timer);
        resolve({ ...ended, code });
      });
    });
  }

  /** Ends what runs in the background, the last first, and removes the shell's folder. */
  async dispose(): Promise<void> {
    for (const child of this.#background.reverse()) {
      const ended = once(child, "close");
      if (child.exitCode === null && child.pid !== undefined) {
        process.kill(child.pid, "SIGTERM");
        await ended;
      }
    }
    rmSync(this.#folder, { recursive: true });
  }
}
