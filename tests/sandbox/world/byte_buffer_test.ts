import { expect, test } from "vitest";
import { ByteBuffer } from "../../../sandbox/world/byte_buffer.ts";

test("a million bytes that come one by one lie in at most twice their memory", () => {
  const buffer = new ByteBuffer();
  const byte = Uint8Array.of(7);
  for (let count = 0; count < 1_000_000; count++) buffer.add(byte);
  expect(buffer.length).toBe(1_000_000);
  expect(buffer.view().every((value) => value === 7)).toBe(true);
  expect(buffer.view().buffer.byteLength).toBeLessThanOrEqual(2_000_000);
});

test("cleared, it keeps no more than 64 KiB", () => {
  const buffer = new ByteBuffer();
  buffer.add(new Uint8Array(1000));
  buffer.clear();
  expect(buffer.view()).toEqual(new Uint8Array());
  expect(buffer.view().buffer.byteLength).toBe(1000);
  buffer.add(new Uint8Array(1_000_000));
  buffer.clear();
  expect(buffer.length).toBe(0);
  expect(buffer.view().buffer.byteLength).toBe(0);
});
