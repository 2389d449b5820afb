import { spawnSync } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { bunRuntime, nodeRuntime, type Runtime } from "../../runner/runtimes.ts";
import { type Report, reportAll } from "./programs/report.ts";

const PROGRAM = fileURLToPath(new URL("./programs/report.ts", import.meta.url));

function reportOn(runtime: Runtime): Report[] {
  if (!runtime.found) throw new Error(`${runtime.name} is needed: ${runtime.reason}`);
  const [binary = "", ...options] = runtime.command;
  const result = spawnSync(binary, [...options, PROGRAM], {
    encoding: "utf8",
    maxBuffer: 64 * 2 ** 20,
    env: { ...process.env, TZ: "Asia/Kathmandu", LANG: "tr_TR.UTF-8" },
  });
  if (result.status !== 0) throw new Error(`${runtime.name} failed: ${result.stderr}`);
  return JSON.parse(result.stdout);
}

test("the same module does the same, to the last bit, in a fresh and in a used isolate", () => {
  const first = reportAll();
  expect(reportAll()).toStrictEqual(first);
  expect(new Set(first.map(({ outcome }) => outcome)).size).toBe(first.length);
});

test.each([["Bun", bunRuntime], ["Node", nodeRuntime]])(
  "the same module does the same, to the last bit, here and on %s",
  (_, runtime) => {
    expect(reportOn(runtime())).toStrictEqual(reportAll());
  },
  60_000,
);
