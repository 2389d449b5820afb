import { readFile } from "node:fs/promises";
import { totalmem } from "node:os";

/** Where Linux says how much memory a container may have: cgroups of version 2, then of version 1. */
const LIMIT_FILES = [
  "/sys/fs/cgroup/memory.max",
  "/sys/fs/cgroup/memory/memory.limit_in_bytes",
];

/** Bytes of memory that this process may have at most: the machine's, or less in a container. */
export async function machineMemory(): Promise<number> {
  const limits = await Promise.all(LIMIT_FILES.map(limitIn));
  return Math.min(totalmem(), ...limits);
}

/** A file that is not there, or says `max`, sets no limit. */
async function limitIn(path: string): Promise<number> {
  const text = await readFile(path, "utf8").catch(() => "");
  return /^\d+\s*$/.test(text) ? Number(text) : Infinity;
}
