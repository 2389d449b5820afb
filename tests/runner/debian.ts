import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import process from "node:process";

/** Most time for each of the two steps of an installation; some ten seconds are usual. */
const TIME_LIMIT_MS = 180_000;

/** All programs of a name on the path, and where Debian puts them. */
export function programs(name: string): string[] {
  const folders = [...(process.env["PATH"] ?? "").split(delimiter), "/usr/bin"];
  return folders.map((folder) => join(folder, name)).filter(existsSync);
}

/** Whether packages can be installed here: by root on a Debian. */
export function mayInstall(): boolean {
  const isRoot = process.getuid?.() === 0;
  return isRoot && existsSync("/etc/debian_version") && programs("apt-get").length > 0;
}

/**
 * Installs Debian packages.
 *
 * @returns The first line of what went wrong.
 */
export function installPackages(packages: readonly string[]): string | undefined {
  const steps = [["update"], ["install", "-y", "--no-install-recommends", ...packages]];
  for (const step of steps) {
    const { status, stderr, error } = spawnSync("apt-get", ["-qq", ...step], {
      encoding: "utf8",
      stdio: ["ignore", "ignore", "pipe"],
      timeout: TIME_LIMIT_MS,
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
    if (status !== 0) return error?.message ?? stderr.trim().split("\n").at(0);
  }
  return undefined;
}
