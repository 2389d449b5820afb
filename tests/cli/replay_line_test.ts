import { describe, expect, test } from "vitest";
import { replayLine } from "../../src/cli/replay_line.ts";

const RUN = { task: "task.ts", baseline: "old.ts", candidate: "new.ts", flags: [] };
const FILES = "cupel replay task.ts --baseline old.ts --candidate new.ts";
const SHRUNK = { index: 17, path: [0, 3, 1] };

describe("the line that runs a case again", () => {
  test("names the report where there is one, which knows what the case was shrunk to", () => {
    expect(replayLine(RUN, "out/report.json", SHRUNK)).toBe(
      "cupel replay out/report.json --case 17",
    );
  });

  test("names files, what was set, and the way to the shrunk case", () => {
    expect(replayLine(RUN, undefined, { index: 3, path: [] })).toBe(`${FILES} --case 3`);
    const seeded = { ...RUN, flags: [{ flag: "--seed", value: "7" }] };
    expect(replayLine(seeded, undefined, SHRUNK)).toBe(`${FILES} --seed 7 --case 17 --path 0.3.1`);
  });

  test("survives a shell, whatever a file is called", () => {
    expect(replayLine(RUN, "it's $(mine).json", SHRUNK))
      .toBe(`cupel replay 'it'\\''s $(mine).json' --case 17`);
  });

  test("is none where a name would act on the terminal that it is pasted into", () => {
    const hostile = { ...RUN, candidate: "ca\u0015touch pwned\n.ts" };
    expect(replayLine(hostile, undefined, SHRUNK)).toBeUndefined();
    expect(replayLine(RUN, "r\u001b[2J.json", SHRUNK)).toBeUndefined();
  });
});
