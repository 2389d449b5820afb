import { expect, test } from "vitest";
import { buildPrelude } from "../../../sandbox/quickjs/guest/build.ts";
import { PRELUDE } from "../../../sandbox/quickjs/guest/prelude.generated.ts";

test("the prelude is what `deno run -A sandbox/quickjs/guest/build.ts` makes of its sources", async () => {
  expect(PRELUDE === await buildPrelude()).toBe(true);
});

test("the prelude has no template literal: QuickJS builds those with a method of String.prototype", () => {
  expect(PRELUDE).not.toContain("`");
});
