import { expect, test } from "vitest";
import { buildPrelude } from "../../../sandbox/quickjs/guest/build.ts";
import { PRELUDE } from "../../../sandbox/quickjs/guest/prelude.generated.ts";

test("the prelude is what `deno run -A sandbox/quickjs/guest/build.ts` makes of its sources", async () => {
  const text = await buildPrelude();
  expect(text).toContain(JSON.stringify(PRELUDE));
});

test("the prelude has no template literal: QuickJS builds those with a method of String.prototype", () => {
  expect(PRELUDE).not.toContain("`");
});
