import type { ChildProcess } from "node:child_process";
import { spawnSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ended, Folder, runtimes, start } from "./cupel.ts";

const TASK = "examples/top-k/task.ts";
const BASELINE = "examples/top-k/baseline.ts";

/** Processor time, by several times more than what any runtime needs to start a command. */
const WORKING_SECONDS = 5;

/** Tenths of a second for a process to end after its parent. One that is left at work stays for minutes. */
const LEFT_OVER_TRIES = 300;

let folder: Folder;
let endless: string[];
beforeAll(() => {
  folder = new Folder();
  const spin = folder.write("spin.ts", "export function topK() { for (;;) {} }");
  // Each case runs for minutes inside of one call that nothing can interrupt but the process's end.
  const limits = ["--fuel", "900_000_000_000", "--deadline", "600s"];
  endless = ["evaluate", TASK, "--baseline", BASELINE, "--candidate", spin, "--json", ...limits];
});
afterAll(() => folder.dispose());

/** Process ids of all descendants. */
function descendants(pid: number): number[] {
  const { stdout } = spawnSync("ps", ["-e", "-o", "pid=,ppid="], { encoding: "utf8" });
  const pairs = stdout.trim().split("\n").map((line) => line.trim().split(/\s+/).map(Number));
  const children = pairs.flatMap(([child = 0, parent]) => parent === pid ? [child] : []);
  return [...children, ...children.flatMap(descendants)];
}

/** Whether a process still runs: one that has ended and waits to be collected does not. */
function isAlive(pid: number): boolean {
  const { stdout } = spawnSync("ps", ["-o", "stat=", "-p", `${pid}`], { encoding: "utf8" });
  return /^[^Z\s]/.test(stdout.trim());
}

/** Seconds of processor time that a process has taken; `ps` writes them as `[[days-]hours:]minutes:seconds`. */
function processorSeconds(pid: number): number {
  const { stdout } = spawnSync("ps", ["-o", "time=", "-p", `${pid}`], { encoding: "utf8" });
  return stdout.trim().split(/[-:]/).reduce((sum, part) => sum * 60 + Number(part), 0);
}

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Waits until a command is at its work. How long its start takes depends on the machine, but not how much
 * it computes meanwhile: that is far less.
 */
async function atWork(pid: number): Promise<void> {
  while (isAlive(pid) && processorSeconds(pid) < WORKING_SECONDS) await wait(100);
}

/** Those of the processes that do not end by themselves. */
async function leftOver(pids: number[]): Promise<number[]> {
  let left = pids.filter(isAlive);
  for (let tries = 0; left.length > 0 && tries < LEFT_OVER_TRIES; tries++) {
    await wait(100);
    left = left.filter(isAlive);
  }
  return left;
}

async function interrupt(child: ChildProcess, signals: NodeJS.Signals[]) {
  const end = ended(child);
  const { pid = 0 } = child;
  await atWork(pid);
  const below = descendants(pid);
  for (const signal of signals) {
    child.kill(signal);
    await wait(50);
  }
  const result = await end;
  return { ...result, left: await leftOver(below) };
}

describe.each(runtimes)("on $name", ({ command }) => {
  test.each<[NodeJS.Signals, number]>([["SIGINT", 130], ["SIGTERM", 143]])(
    "%s ends a run at once: exit code %i, no report, no process left",
    async (signal, code) => {
      const result = await interrupt(start(endless, command), [signal]);
      expect(result).toEqual({
        code,
        stdout: "",
        stderr: "interrupted: no case was done\n",
        left: [],
      });
    },
  );

  test.each<[NodeJS.Signals, number]>([["SIGINT", 130], ["SIGTERM", 143]])(
    "%s ends a computation without a pause: exit code %i",
    async (signal, code) => {
      const plan = [
        "power",
        "--policy",
        "moderate",
        "--sequential",
        "always-valid",
        "-n",
        "1000000",
      ];
      const result = await interrupt(start(plan, command), [signal]);
      expect(result).toEqual({ code, stdout: "", stderr: "", left: [] });
    },
  );

  test("a second Ctrl-C ends what the first one could not", async () => {
    const { code, stdout } = await interrupt(start(endless, command), ["SIGINT", "SIGINT"]);
    expect({ code, stdout }).toEqual({ code: 130, stdout: "" });
  });
});
