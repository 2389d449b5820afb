import { describe, expect, test } from "vitest";
import { replayLine } from "../../src/cli/replay_line.ts";

const FILES = { task: "task.ts", baseline: "old.ts", candidate: "new.ts" };

describe("the line that runs a case again", () => {
  test("names the report where there is one", () => {
    expect(replayLine(FILES, "out/report.json")).toBe("cupel replay out/report.json");
  });

  test("names files, and what is not as usual", () => {
    expect(replayLine(FILES, undefined))
      .toBe("cupel replay task.ts --baseline old.ts --candidate new.ts");
    expect(replayLine({ ...FILES, seed: 7, limits: { fuel: 5000, deadlineMs: 10_000 } }, undefined))
      .toBe("cupel replay task.ts --baseline old.ts --candidate new.ts --seed 7 --fuel 5000");
  });

  test("survives a shell, whatever a file is called", () => {
    expect(replayLine(FILES, "it's $(mine).json")).toBe(`cupel replay 'it'\\''s $(mine).json'`);
  });
});
