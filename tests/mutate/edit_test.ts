import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyEdit, type Edit, keepApart, shortestEdit } from "../../src/mutate/edit.ts";

/** A short code of few letters, so that edits often give the same text, and edits of it. */
const codeAndEdits = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 8 }).chain((code) => {
  const edit = fc.tuple(
    fc.nat({ max: code.length }),
    fc.nat({ max: code.length }),
    fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 3 }),
  ).map(([one, other, text]): Edit => ({
    start: Math.min(one, other),
    end: Math.max(one, other),
    text,
  }));
  return fc.tuple(fc.constant(code), edit, edit);
});

describe("the shortest edit", () => {
  test("gives the same text as the edit that it stands for, and is no longer", () => {
    fc.assert(
      fc.property(codeAndEdits, ([code, edit]) => {
        const shortest = shortestEdit(code, edit);
        expect(applyEdit(code, shortest)).toBe(applyEdit(code, edit));
        expect(shortest.end - shortest.start).toBeLessThanOrEqual(edit.end - edit.start);
        expect(shortest.text.length).toBeLessThanOrEqual(edit.text.length);
      }),
      { seed: 4 },
    );
  });

  test("is the same for two edits exactly where their texts are the same", () => {
    fc.assert(
      fc.property(codeAndEdits, ([code, one, other]) => {
        const [left, right] = [shortestEdit(code, one), shortestEdit(code, other)];
        if (applyEdit(code, one) === applyEdit(code, other)) expect(left).toEqual(right);
        else expect(left).not.toEqual(right);
      }),
      { seed: 5, numRuns: 1000 },
    );
  });
});

describe("an edit", () => {
  test.each<[string, string, string, string]>([
    ["return!x", "!x", "x", "return x"],
    ["a- -b", "-b", "-c", "a- -c"],
    ["a-b", "b", "-b", "a- -b"],
    ["a/b", "b", "/re/", "a/ /re/"],
    ["x=>[1]in y", "[1]", "z", "x=>z in y"],
    ["a b", " ", "", "a b"],
    ["f(a)", "a", "b", "f(b)"],
  ])("keeps tokens apart: %s with %s become %s", (code, from, to, expected) => {
    const start = code.indexOf(from);
    const edit = keepApart(code, { start, end: start + from.length, text: to });
    expect(applyEdit(code, edit)).toBe(expected);
  });
});
