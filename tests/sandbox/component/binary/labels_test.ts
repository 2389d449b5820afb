import { expect, test } from "vitest";
import { isLabel } from "../../../../sandbox/component/binary/labels.ts";

test.each(["a", "A", "a1", "a-b", "a-1", "a-1-2b-3C", "top-K", "TOP-k-9", "a-0"])(
  "%j is a label",
  (name) => expect(isLabel(name)).toBe(true),
);

test.each([
  "",
  "-",
  "1",
  "1a",
  "a-",
  "-a",
  "a--b",
  "aB",
  "a-bC",
  "a_b",
  "a b",
  "é",
  "a\n",
  "a-1\n",
])(
  "%j is none",
  (name) => expect(isLabel(name)).toBe(false),
);

test("a name of many numbers takes a look at each of them, not at every combination", () => {
  const numbers = `a${"-1".repeat(400)}`;
  expect(isLabel(numbers)).toBe(true);
  expect(isLabel(`${numbers}_`)).toBe(false);
});
