import { describe, expect, test } from "vitest";
import { escapeJson, escapeLine, escapeLines } from "../../src/report/escape.ts";

const HOSTILE = "a\u001b[2J\u009b5n\u0000\u007f\u202e\u2066\u200d\udc00" + "\u{e0041}é漢😀";

describe("text from a guest", () => {
  test("keeps letters and signs of every script and loses what drives a terminal", () => {
    expect(escapeLine(HOSTILE)).toBe(
      "a\\x1b[2J\\x9b5n\\x00\\x7f\\u202e\\u2066\\u200d\\udc00\\u{e0041}é漢😀",
    );
  });

  test("stays on one line, or keeps its lines where several are wanted", () => {
    expect(escapeLine("a\r\n\tb")).toBe("a\\r\\n\\tb");
    expect(escapeLines("a\r\n\tb\rc")).toBe("a\n\tb\\rc");
  });

  test("in JSON keeps its meaning", () => {
    const json = JSON.stringify({ [HOSTILE]: [HOSTILE] }, null, 2);
    const escaped = escapeJson(json);
    expect(JSON.parse(escaped)).toEqual({ [HOSTILE]: [HOSTILE] });
    expect(escaped).toMatch(/^[\x20-\x7e\né漢😀]*$/u);
  });
});
