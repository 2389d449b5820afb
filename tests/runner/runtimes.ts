import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import process from "node:process";

/** A JavaScript runtime that tests can run on, or the reason why there is none. */
export type Runtime =
  | { name: string; found: true; version: string; command: string[]; vitestOptions: string[] }
  | { name: string; found: false; reason: string };

const OLDEST_NODE = [22, 12] as const;
/** Fetched when the machine's own Node is too old; exact, so that every run tests the same one. */
const FETCHED_NODE = "24.21.0";

/**
 * Names the Node that was found, to all that this process starts. Without it each test that needs Node
 * would ask npm, several at a time: two that fetch the same package at once break each other's folder, and
 * a test would wait for the download.
 */
const NODE_VARIABLE = "NODE_OF_CUPEL_TESTS";

/** The runtime that runs this very script: Deno, by the project's task. */
export function denoRuntime(): Runtime {
  return inspect("Deno", [process.execPath, "run", "-A"]);
}

/**
 * Bun, from its npm package's platform package.
 *
 * The `bun` command of the npm package is a placeholder until its install script has run, and Deno
 * runs no install scripts. The binary itself is an ordinary file of `@oven/bun-<os>-<cpu>`.
 */
export function bunRuntime(): Runtime {
  const binary = process.platform === "win32" ? "bun.exe" : "bun";
  const cpu = process.arch === "arm64" ? "aarch64" : process.arch;
  const os = process.platform === "win32" ? "windows" : process.platform;
  const here = createRequire(import.meta.url);
  const fromBun = createRequire(here.resolve("bun/package.json"));
  const candidates = [`@oven/bun-${os}-${cpu}`, `@oven/bun-${os}-${cpu}-musl`].flatMap((name) => {
    try {
      return [join(dirname(fromBun.resolve(`${name}/package.json`)), "bin", binary)];
    } catch {
      return [];
    }
  });
  for (const path of candidates.filter(existsSync)) {
    // The forks pool of vitest fails on Bun.
    const runtime = inspect("Bun", [path], ["--pool=threads"]);
    if (runtime.found) return runtime;
  }
  return { name: "Bun", found: false, reason: `no package @oven/bun-${os}-${cpu} that runs here` };
}

/** The machine's Node where it is new enough, else one that npm fetches. */
export function nodeRuntime(): Runtime {
  const found = process.env[NODE_VARIABLE];
  if (found) return inspect("Node", [found]);
  const runtime = findNode();
  if (runtime.found) process.env[NODE_VARIABLE] = runtime.command[0];
  return runtime;
}

function findNode(): Runtime {
  const own = inspect("Node", ["node"]);
  if (own.found && isNewEnough(own.version)) return own;
  const why = own.found ? `Node ${own.version} is older than ${OLDEST_NODE.join(".")}` : own.reason;

  const fetched = fetchNode();
  if (typeof fetched === "string") return inspect("Node", [fetched]);
  return { name: "Node", found: false, reason: `${why}, and ${fetched.error}` };
}

/** `node-<os>-<cpu>` is what the npm package `node` would install in its install script. */
function fetchNode(): string | { error: string } {
  const os = process.platform === "win32" ? "win" : process.platform;
  const spec = `node-${os}-${process.arch}@${FETCHED_NODE}`;
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const printPath = ["node", "-p", "process.execPath"];
  const result = spawnSync(
    npm,
    ["exec", "--yes", "--prefer-offline", `--package=${spec}`, "--", ...printPath],
    { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], timeout: 300_000 },
  );
  const path = result.stdout?.trim().split("\n").at(-1);
  if (result.status === 0 && path) return path;
  const detail = result.error?.message ?? result.stderr.trim().split("\n").at(0) ?? "no message";
  return { error: `npm could not fetch ${spec} (${detail})` };
}

function inspect(name: string, command: string[], vitestOptions: string[] = []): Runtime {
  const binary = command[0] ?? name;
  const result = spawnSync(binary, ["--version"], { encoding: "utf8" });
  const version = /\d+\.\d+\.\d+/.exec(result.stdout ?? "")?.[0];
  if (version) return { name, found: true, version, command, vitestOptions };
  return { name, found: false, reason: `${binary} --version did not answer` };
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
}
