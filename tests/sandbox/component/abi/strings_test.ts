import { describe, expect, test } from "vitest";
import { ALLOCATOR, type Loaded, loadText, options } from "../support/wat.ts";

/** Gives back where the string lies; `bytes` gives the memory's bytes there. */
function probing(encoding: string): Promise<Loaded> {
  return loadText(`(component
    (core module $m ${ALLOCATOR}
      (func (export "probe") (param i32 i32) (result i32)
        (i32.store (i32.const 0) (local.get 0))
        (i32.store (i32.const 4) (local.get 1))
        (i32.const 0))
      (func (export "echo") (param i32 i32) (result i32)
        (i32.store (i32.const 0) (local.get 0))
        (i32.store (i32.const 4) (local.get 1))
        (i32.const 0))
      (func (export "bytes") (param i32 i32) (result i32)
        (i32.store (i32.const 0) (local.get 0))
        (i32.store (i32.const 4) (local.get 1))
        (i32.const 0)))
    (core instance $m (instantiate $m))
    (func (export "probe") (param "s" string) (result (tuple u32 u32))
      (canon lift (core func $m "probe") ${options("$m")} string-encoding=${encoding}))
    (func (export "echo") (param "s" string) (result string)
      (canon lift (core func $m "echo") ${options("$m")} string-encoding=${encoding}))
    (func (export "raw") (param "at" u32) (param "length" u32) (result string)
      (canon lift (core func $m "bytes") ${options("$m")} string-encoding=${encoding}))
    (func (export "bytes") (param "at" u32) (param "length" u32) (result (list u8))
      (canon lift (core func $m "bytes") ${options("$m")})))`);
}

async function laidOut(encoding: string, text: string): Promise<[number, number[]]> {
  const { call } = await probing(encoding);
  const place = call("probe", text);
  if (!Array.isArray(place)) return [0, []];
  const [at = 0, length = 0] = place.map(Number);
  const size = encoding === "utf8" || (encoding !== "utf16" && length < 2 ** 31)
    ? length
    : (length % 2 ** 31) * 2;
  const bytes = call("bytes", at, size);
  return [length, bytes instanceof Uint8Array ? [...bytes] : []];
}

describe("strings lie in memory as their encoding says", () => {
  test("UTF-8", async () => {
    expect(await laidOut("utf8", "aé€😀")).toEqual([
      10,
      [0x61, 0xc3, 0xa9, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0x80],
    ]);
  });

  test("UTF-16, counted in code units", async () => {
    expect(await laidOut("utf16", "a€😀")).toEqual([4, [0x61, 0, 0xac, 0x20, 0x3d, 0xd8, 0, 0xde]]);
  });

  test("Latin-1 where that can hold it, else UTF-16 with a tag", async () => {
    expect(await laidOut("latin1+utf16", "aÿ")).toEqual([2, [0x61, 0xff]]);
    expect(await laidOut("latin1+utf16", "aĀ")).toEqual([2 ** 31 + 2, [0x61, 0, 0, 1]]);
  });

  test.each(["utf8", "utf16", "latin1+utf16"])("%s comes back, long or empty", async (encoding) => {
    const { call } = await probing(encoding);
    for (const text of ["", "a", "é".repeat(10_001), "\ufeff€😀\0".repeat(5001)]) {
      expect(call("echo", text)).toBe(text);
    }
  });

  test("UTF-16 has to be aligned and well-formed", async () => {
    for (const encoding of ["utf16", "latin1+utf16"]) {
      const { call, component } = await probing(encoding);
      component.capture();
      expect(() => call("raw", 33, 1)).toThrow("not a multiple of 2");
      component.reset();
    }
    const { call, component } = await probing("utf16");
    component.capture();
    expect(() => call("raw", 65534, 2)).toThrow("beyond the end");
    component.reset();
    const [at] = call("probe", "😀") as number[];
    expect(() => call("raw", at ?? 0, 1)).toThrow("not UTF-16");
  });
});
