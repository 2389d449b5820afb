import { expect, test } from "vitest";
import { bunRuntime, nodeRuntime } from "../../runner/runtimes.ts";
import { reportOn } from "../reports.ts";
import { reportAll } from "./programs/report.ts";

const PROGRAM = new URL("./programs/report.ts", import.meta.url);

test("the same module does the same, to the last bit, in a fresh and in a used isolate", () => {
  const first = reportAll();
  expect(reportAll()).toStrictEqual(first);
  expect(new Set(first.map(({ outcome }) => outcome)).size).toBe(first.length);
});

test.each([["Bun", bunRuntime], ["Node", nodeRuntime]])(
  "the same module does the same, to the last bit, here and on %s",
  (_, runtime) => {
    expect(reportOn(runtime(), PROGRAM)).toStrictEqual(reportAll());
  },
  60_000,
);
