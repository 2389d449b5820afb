import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { programs } from "./debian.ts";

const INSTALL = "apt-get install nats-server";

/** Most time for each step; some seconds are usual. */
const TIME_LIMIT_MS = 180_000;

/** Test files that start a server, by the start of their path. */
const USERS = ["tests/cluster/", "tests/docs/"];

/**
 * Where a server of the tests' own is unpacked to: Debian's package, when it is installed, starts one that
 * listens to everybody.
 */
const FOLDER = join(
  import.meta.dirname ?? ".",
  "..",
  "..",
  "node_modules",
  ".cupel",
  "nats-server",
);
const UNPACKED = join(FOLDER, "usr", "sbin", "nats-server");

/** Whether one of some test files starts a nats-server. */
export function needsNatsServer(files: readonly string[]): boolean {
  return files.some((path) => USERS.some((start) => path.startsWith(start)));
}

/** Where the server is; nothing where there is none. */
export function findNatsServer(): string | undefined {
  return [...programs("nats-server"), "/usr/sbin/nats-server", UNPACKED].find(existsSync);
}

/**
 * Looks for nats-server and, where it is missing and this is a Debian, unpacks its package for the tests.
 *
 * @returns A line about what was done or is missing; none where it was there.
 */
export function ensureNatsServer(): string | undefined {
  if (findNatsServer() !== undefined) return undefined;
  const start = Date.now();
  const error = programs("apt-get").length > 0 ? unpack() : "this is no Debian";
  const seconds = ((Date.now() - start) / 1000).toFixed(0);
  if (findNatsServer() !== undefined) return `nats-server: unpacked in ${seconds} s`;
  return `nats-server: not found (${error ?? "its package has none"}); on Debian: ${INSTALL}`;
}

/** @returns The first line of what went wrong. */
function unpack(): string | undefined {
  const draft = mkdtempSync(join(tmpdir(), "cupel-nats-"));
  try {
    // Only root may renew the lists of packages; others use those that there are.
    if (process.getuid?.() === 0) {
      spawnSync("apt-get", ["-qq", "update"], { timeout: TIME_LIMIT_MS });
    }
    const error = run(draft, "apt-get", ["-qq", "download", "nats-server"]);
    if (error !== undefined) return error;
    const [file = ""] = readdirSync(draft);
    mkdirSync(FOLDER, { recursive: true });
    return run(draft, "dpkg-deb", ["-x", file, FOLDER]);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

function run(cwd: string, program: string, args: string[]): string | undefined {
  const { status, stderr, error } = spawnSync(program, args, {
    cwd,
    encoding: "utf8",
    timeout: TIME_LIMIT_MS,
  });
  return status === 0 ? undefined : error?.message ?? stderr.trim().split("\n").at(0);
}
