import { describe, expect, test } from "vitest";
import { withSections } from "../../../bench/frame/document.ts";

const DOCUMENT = "# Title\n\nHead.\n\n## One\n\n1\n\n## Two\n\n2\n";

describe("measuring one bench alone", () => {
  test("renews its section, and leaves the others as they were", () => {
    expect(withSections(DOCUMENT, ["## One\n\nnew\n"])).toBe(DOCUMENT.replace("1", "new"));
    expect(withSections(DOCUMENT, ["## Two\n\nnew"])).toBe(DOCUMENT.replace("2", "new"));
  });

  test("adds a section that is not there yet", () => {
    expect(withSections(DOCUMENT, ["## Three\n\n3"])).toBe(`${DOCUMENT}\n## Three\n\n3\n`);
  });

  test("takes no heading for another that begins alike", () => {
    expect(withSections(DOCUMENT, ["## On\n\n0"])).toBe(`${DOCUMENT}\n## On\n\n0\n`);
  });

  test("refuses what has no heading", () => {
    expect(() => withSections(DOCUMENT, ["One"])).toThrow("must be a heading");
  });
});
