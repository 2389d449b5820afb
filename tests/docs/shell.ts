import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import process from "node:process";
import { ROOT } from "../house/sources.ts";
import { findCompilers } from "../runner/compilers.ts";

/** How a command ended and what it wrote. */
export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

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

  constructor() {
    symlinkSync(process.execPath, join(this.#folder, "deno"));
    const compilers = findCompilers();
    if (compilers.found) symlinkSync(compilers.compilers.rustc, join(this.#folder, "rustc"));
    for (const [name, script] of [["cupel", CUPEL], ["npx", NPX]] as const) {
      writeFileSync(join(this.#folder, name), script);
      chmodSync(join(this.#folder, name), 0o755);
    }
  }

  /**
   * A command of a document, with the `rustc` that was found, which need not be Debian's; what it would put
   * into /tmp goes to a folder of the shell's own: others may run the same command there.
   */
  apart(command: string): string {
    return command.replaceAll("/tmp/", `${this.#folder}/`).replace(/^\/usr\/bin\/rustc /, "rustc ");
  }

  /** Runs one command line with an empty input; it is ended after `timeoutMs`. */
  run(command: string, timeoutMs: number): Promise<Ended> {
    const child = spawn("sh", ["-c", command], {
      cwd: ROOT,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        NO_COLOR: "1",
        PATH: `${this.#folder}${delimiter}${process.env["PATH"]}`,
      },
    });
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

  /** Removes the shell's folder. */
  dispose(): void {
    rmSync(this.#folder, { recursive: true });
  }
}
