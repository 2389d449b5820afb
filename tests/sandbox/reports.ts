import { spawnSync } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";
import type { Runtime } from "../runner/runtimes.ts";

/** What a call did, to the last bit. */
export interface Report {
  name: string;
  /** The outcome as text of the codec, without its wall time. */
  outcome: string;
  fuel: number;
  memoryBytes: number;
  /** SHA-256 of all of the guest's memory after the call. */
  memory: string;
}

/** What a program that prints reports prints on a runtime, in another time zone and language. */
export function reportOn(runtime: Runtime, program: URL): Report[] {
  if (!runtime.found) throw new Error(`${runtime.name} is needed: ${runtime.reason}`);
  const [binary = "", ...options] = runtime.command;
  const result = spawnSync(binary, [...options, fileURLToPath(program)], {
    encoding: "utf8",
    maxBuffer: 64 * 2 ** 20,
    env: { ...process.env, TZ: "Asia/Kathmandu", LANG: "tr_TR.UTF-8" },
  });
  if (result.status !== 0) throw new Error(`${runtime.name} failed: ${result.stderr}`);
  return JSON.parse(result.stdout);
}
