import { describe, expect, test } from "vitest";
import type { Value } from "../../sandbox/values/value.ts";
import { formatValue } from "../../src/report/format_value.ts";

describe("a value is shown in JavaScript's own syntax", () => {
  test.each<[Value, string]>([
    [null, "null"],
    [undefined, "undefined"],
    [true, "true"],
    [0, "0"],
    [-0, "-0"],
    [NaN, "NaN"],
    [-Infinity, "-Infinity"],
    [1e21, "1e+21"],
    [-12n, "-12n"],
    ['a "b" \\ c', '"a \\"b\\" \\\\ c"'],
    [[], "[]"],
    [[1, [-0], "x"], '[1, [-0], "x"]'],
    [{}, "{}"],
    [{ a: 1, "b c": undefined, "0": NaN }, '{ "0": NaN, a: 1, "b c": undefined }'],
    [new Map<Value, Value>([[1, "a"], [{}, [2n]]]), 'new Map([[1, "a"], [{}, [2n]]])'],
    [new Map(), "new Map()"],
    [new Set<Value>([NaN, "a"]), 'new Set([NaN, "a"])'],
    [new Uint8Array([1, 255]), "new Uint8Array([1, 255])"],
    [new Float64Array([-0, NaN]), "new Float64Array([-0, NaN])"],
    [new BigInt64Array([-1n]), "new BigInt64Array([-1n])"],
    [new Date(0), 'new Date("1970-01-01T00:00:00.000Z")'],
    [new Date(NaN), "new Date(NaN)"],
  ])("%o", (value, text) => {
    expect(formatValue(value)).toBe(text);
  });

  test("so that evaluating the text gives the value back", () => {
    const value: Value = {
      a: [1, -0, NaN, Infinity, 12345678901234567890n, undefined, null],
      'quo"te': "line\nfeed \u001b[31m \u202e \udc00 " + "\u{e0001} \\",
      m: new Map<Value, Value>([["k", new Set<Value>([1])]]),
      d: new Date(1e12),
      t: new Int16Array([-5]),
      ["__proto__"]: "an own property",
    };
    Object.defineProperty(value, "__proto__", {
      value: { own: true },
      enumerable: true,
      configurable: true,
      writable: true,
    });
    const back: unknown = new Function(`return (${formatValue(value, { maxLength: 9999 })});`)();
    expect(back).toEqual(value);
    expect(Object.getPrototypeOf(back)).toBe(Object.prototype);
  });
});

describe("a large value is cut", () => {
  test("arrays say how many items are left out", () => {
    const text = formatValue(Array.from({ length: 10_000 }, (_, index) => index));
    expect(text.length).toBeLessThan(450);
    expect(text).toMatch(/^\[0, 1, 2, .*, … \d+ more\]$/);
    const shown = text.slice(1).split(", ").length - 1;
    expect(text).toContain(`… ${10_000 - shown} more`);
  });

  test("strings say how long they are", () => {
    const text = formatValue("x".repeat(1_000_000));
    expect(text.length).toBeLessThan(450);
    expect(text).toContain("(1000000 characters)");
  });

  test("many long strings, keys and nested arrays stay within bounds", () => {
    const long = "y".repeat(10_000);
    const wide = Object.fromEntries(
      Array.from({ length: 1000 }, (_, index) => [`${long}${index}`, long]),
    );
    for (const value of [wide, Array(1000).fill(long), Array(50).fill(Array(50).fill([1, 2]))]) {
      expect(formatValue(value).length).toBeLessThan(2000);
    }
  });

  test("deep nesting ends", () => {
    let value: Value = 1;
    for (let level = 0; level < 100_000; level++) value = [value];
    expect(formatValue(value)).toBe("[[[[[[[[[[[[…]]]]]]]]]]]]");
  });
});

test("nothing in a value can drive the terminal", () => {
  const hostile = "\u001b]0;title\u0007\u009b31m\u202egnp.exe\u200b\r\b\u007f\ufeff\u2028";
  for (const value of [hostile, { [hostile]: hostile }, new Map([[hostile, [hostile]]])]) {
    expect(formatValue(value)).toMatch(/^[\x20-\x7e]*$/);
  }
});
