import { expect, test } from "vitest";
import { describeCore } from "../../../sandbox/wasi/prepare.ts";
import { joined, label, moduleOf, named, vectorOf } from "../component/support/bytes.ts";

test("exports of one type share it, however many they are and however wide it is", () => {
  const core = moduleOf(
    [1, joined([[1, 0x60], vectorOf(1000, () => [0x7f]), [0]])],
    [3, Uint8Array.of(1, 0)],
    [7, vectorOf(50_000, (at) => joined([named(label(at)), [0, 0]]))],
    [10, Uint8Array.of(1, 2, 0, 0x0b)],
  );
  const { exports } = describeCore(core);
  expect(exports.size).toBe(50_000);
  expect(new Set([...exports.values()].map(({ signature }) => signature)).size).toBe(1);
});
