import { expect, test } from "vitest";
import { inspectComponent } from "../../../sandbox/inspect/inspect_component.ts";
import { inspectionText } from "../../../src/report/inspection_text.ts";
import { componentOf, joined, label, named, vectorOf } from "../component/support/bytes.ts";

/** An imported function with a parameter of a long name, in an instance of many names that has many itself. */
function crossed(functions: number, interfaces: number): Uint8Array {
  return componentOf(
    [7, joined([[1, 0x40, 1], named(`p${"q".repeat(900)}`), [0x7d, 1, 0]])],
    [10, joined([[1, 0], named("f"), [1, 0]])],
    [5, joined([[1, 1], vectorOf(functions, (at) => joined([[0], named(label(at)), [1, 0]]))])],
    [11, vectorOf(interfaces, (at) => joined([[0], named(`x:y/${label(at)}`), [5, 0, 0]]))],
  );
}

test("functions times names are counted, and the first thousands listed", () => {
  const { exports, omitted } = inspectComponent(crossed(50_000, 50_000));
  expect(exports.length).toBe(10_000);
  expect(omitted).toEqual({ imports: 0, exports: 50_000 * 50_001 - 10_000 });
  expect(exports.every(({ type }) => type.length < 1300)).toBe(true);
});

test("a long list is cut in the text", () => {
  const inspection = { ...inspectComponent(crossed(1000, 5)), grants: null };
  const text = inspectionText("x.wasm", inspection, { colour: false });
  expect(text).toContain("and 4805 more");
  expect(text.split("\n").length).toBeLessThan(220);
  expect(text.length).toBeLessThan(300_000);
});
