import { expect, test } from "vitest";
import { renameExports } from "../../../sandbox/componentize/rename.ts";
import { parseModule } from "../../../wasm/mod.ts";
import { joined, label, moduleOf, named, vectorOf } from "../component/support/bytes.ts";

/** A module whose one function is exported by many names. */
function exporting(names: readonly string[]): Uint8Array {
  return moduleOf(
    [1, Uint8Array.of(1, 0x60, 0, 0)],
    [3, Uint8Array.of(1, 0)],
    [7, vectorOf(names.length, (at) => joined([named(names[at] ?? ""), [0, 0]]))],
    [10, Uint8Array.of(1, 2, 0, 0x0b)],
  );
}

function renamed(names: readonly string[], wanted: readonly string[]): string[] {
  const bytes = renameExports(parseModule(exporting(names)), wanted);
  return parseModule(bytes).exports.map(({ name }) => name);
}

test("names that differ in style alone are renamed, unless two could be meant", () => {
  expect(renamed(["topK", "a", "cabi_post_topK"], ["top-k"]))
    .toEqual(["top-k", "a", "cabi_post_top-k"]);
  expect(renamed(["topK", "top_k"], ["top-k"])).toEqual(["topK", "top_k"]);
  expect(renamed(["topK", "top-k"], ["top-k"])).toEqual(["topK", "top-k"]);
});

test("tens of thousands of names are each looked at once", () => {
  const names = Array.from({ length: 50_000 }, (_, at) => `x_${label(at)}`);
  const wanted = names.map((name) => name.replace("_", "-"));
  expect(renamed(names, wanted)).toEqual(wanted);
});
