import { expect, test } from "vitest";
import { bunRuntime, nodeRuntime } from "../../runner/runtimes.ts";
import { reportOn } from "../reports.ts";
import { reportAll } from "./programs/report.ts";

const PROGRAM = new URL("./programs/report.ts", import.meta.url);

test("the same program does the same, to the last bit, in a fresh and in a used isolate", async () => {
  const first = await reportAll();
  expect(await reportAll()).toStrictEqual(first);
  expect(new Set(first.map(({ memory }) => memory)).size).toBe(first.length);
});

test.each([["Bun", bunRuntime], ["Node", nodeRuntime]])(
  "the same program does the same, to the last bit, here and on %s in another time zone and language",
  async (_, runtime) => {
    expect(reportOn(runtime(), PROGRAM)).toStrictEqual(await reportAll());
  },
);
