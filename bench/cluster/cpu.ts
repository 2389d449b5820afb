import { readdirSync, readFileSync } from "node:fs";
import process from "node:process";
import { NotMeasured } from "../frame/bench.ts";

/** Clock ticks a second of /proc: the same on every Linux. */
const TICKS = 100;

/** Milliseconds of CPU time that this process has used, and its children by what their command line holds. */
export interface CpuTimes {
  own: number;
  server: number;
  nodes: number;
}

/**
 * Reads what this process, its nats-server and its node processes have used so far.
 *
 * @throws NotMeasured where there is no /proc.
 */
export function cpuTimes(): CpuTimes {
  const { user, system } = process.cpuUsage();
  const times = { own: (user + system) / 1000, server: 0, nodes: 0 };
  for (const pid of childrenOf(process.pid)) {
    const command = read(`/proc/${pid}/cmdline`);
    if (command.includes("nats-server")) times.server += cpuOf(pid);
    else if (command.includes("worker") || command.includes("fleet_process")) {
      times.nodes += cpuOf(pid);
    }
  }
  return times;
}

/** What was used between two readings. */
export function usedBetween(before: CpuTimes, after: CpuTimes): CpuTimes {
  return {
    own: after.own - before.own,
    server: after.server - before.server,
    nodes: after.nodes - before.nodes,
  };
}

function childrenOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      read(`/proc/${pid}/task/${thread}/children`).split(" ").filter((child) => child !== "")
    );
  } catch {
    throw new NotMeasured("no /proc with children of threads");
  }
}

function cpuOf(pid: string): number {
  const text = read(`/proc/${pid}/stat`);
  // Behind the name, which may hold anything: state is field 3, user and system time are 14 and 15.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * 1000 / TICKS;
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return ""; // It ended in the meantime.
  }
}
