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

test("the same program does the same, to the last bit, in a fresh and in a used isolate", async () => {
  const first = await reportAll();
  expect(await reportAll()).toStrictEqual(first);
  expect(new Set(first.map(({ memory }) => memory)).size).toBe(first.length);
});

test.each([["Bun", bunRuntime], ["Node", nodeRuntime]])(
  "the same program does the same, to the last bit, here and on %s in another time zone and language",
  async (_, runtime) => {
    expect(reportOn(runtime())).toStrictEqual(await reportAll());
  },
);
