import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { executablePath } from "../../src/runtime/host.ts";
import { runtime } from "../../src/runtime/mod.ts";
import { typeScriptFlags } from "../../src/runtime/node.ts";

/** What became of a process. */
export interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** How a program is started. */
export interface StartOptions {
  /** Whether it finds a function `gc` that collects the garbage at once. */
  hasGc?: boolean;
}

/** Starts a program as a process of its own, on the runtime that the tests run on. */
export function start(
  program: URL,
  args: string[] = [],
  { hasGc = false }: StartOptions = {},
): ChildProcess {
  const flags = {
    deno: ["run", "-A", "--quiet", ...(hasGc ? ["--v8-flags=--expose-gc"] : [])],
    bun: hasGc ? ["--expose-gc"] : [],
    node: [...typeScriptFlags(runtime.version), ...(hasGc ? ["--expose-gc"] : [])],
  }[runtime.name];
  return spawn(executablePath(), [...flags, fileURLToPath(program), ...args], {
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** Waits for the end of a process and gives all that it wrote. */
export async function finish(child: ChildProcess): Promise<Finished> {
  const texts = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream]?.setEncoding("utf8").on("data", (text: string) => {
      texts[stream] += text;
    });
  }
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { code, ...texts };
}

/** Waits until a process has written something. */
export function firstOutput(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => child.stdout?.once("data", () => resolve()));
}
