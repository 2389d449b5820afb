import { describe, expect, test } from "vitest";
import { Progress, progressLine } from "../../src/cli/progress.ts";
import type { OutputStream } from "../../src/runtime/mod.ts";

/** A stream that remembers what was written to it. */
function stream(isTerminal: boolean, columns = 80): OutputStream & { written: string[] } {
  const written: string[] = [];
  return { isTerminal, columns, written, write: (text) => void written.push(text) };
}

describe("the progress bar", () => {
  test("fills as cases are done", () => {
    expect(progressLine(0, 400)).toBe("evaluating ░░░░░░░░░░░░░░░░░░░░░░░░ 0/400");
    expect(progressLine(100, 400)).toBe("evaluating ██████░░░░░░░░░░░░░░░░░░ 100/400");
    expect(progressLine(400, 400)).toBe("evaluating ████████████████████████ 400/400");
  });

  test("draws few of many updates, always the last, and takes itself away", () => {
    const terminal = stream(true);
    const progress = new Progress(terminal);
    for (let done = 1; done <= 10_000; done++) progress.update(done, 10_000);
    progress.clear();
    progress.clear();
    expect(terminal.written.length).toBeLessThan(1000);
    expect(terminal.written.at(-2)).toContain("10000/10000");
    expect(terminal.written.at(-1)).toBe("\r\u001b[K");
  });

  test("fits in a narrow terminal", () => {
    const terminal = stream(true, 20);
    new Progress(terminal).update(10, 10);
    expect(terminal.written[0]).toBe("\revaluating ████████\u001b[K");
  });

  test("writes nothing in a pipe", () => {
    const pipe = stream(false);
    const progress = new Progress(pipe);
    progress.update(10, 10);
    progress.clear();
    expect(pipe.written).toEqual([]);
  });
});
