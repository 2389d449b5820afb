import { describe, expect, test } from "vitest";
import { LineSink } from "../../../sandbox/world/byte_sink.ts";
import { CapturedOutput } from "../../../sandbox/world/output.ts";

describe("the number of lines", () => {
  test("is bounded, however short they are", () => {
    const output = new CapturedOutput(1024 * 1024);
    const sink = new LineSink(output, "log");
    const feeds = new Uint8Array(100_000).fill(10);
    for (let count = 0; count < 100; count++) sink.write(feeds);
    const lines = output.take();
    expect(lines).toHaveLength(65_536 + 1);
    expect(lines.at(-2)).toEqual({ level: "log", text: "" });
    expect(lines.at(-1)).toEqual({
      level: "warn",
      text: "(output beyond 65536 lines was dropped)",
    });
  });

  test("may be a thousand with any limit", () => {
    const output = new CapturedOutput(10);
    for (let count = 0; count < 1000; count++) output.add("log", "", 0);
    expect(output.room).toBe(10);
    output.add("log", "x", 1);
    expect(output.room).toBe(0);
    expect(output.take().at(-1)?.text).toBe("(output beyond 1000 lines was dropped)");
  });

  test("does not count where bytes end the output first", () => {
    const output = new CapturedOutput(2000);
    for (let count = 0; count < 1000; count++) output.add("log", "ab", 2);
    output.add("log", "", 1);
    expect(output.take()).toHaveLength(1001);
  });
});

test("after it was taken the output is as new", () => {
  const output = new CapturedOutput(3);
  output.add("log", "abc", 4);
  expect(output.take()).toHaveLength(2);
  expect(output.take()).toEqual([]);
  expect(output.room).toBe(3);
  output.add("error", "abc", 3);
  expect(output.take()).toEqual([{ level: "error", text: "abc" }]);
});
