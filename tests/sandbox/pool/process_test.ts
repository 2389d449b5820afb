import { expect, test } from "vitest";
import { finish, start } from "../../runtime/process.ts";

const HANGING = new URL("./programs/hanging.ts", import.meta.url);

test("a process with a thread that hangs in WebAssembly delivers everything and ends", async () => {
  const { code, stdout } = await finish(start(HANGING));
  const [first, second, third, fourth, fifth] = stdout.trimEnd().split("\n");
  expect([first, second, third]).toEqual(["0 0.0", "1 deadline", "2 2.0"]);
  // A thread that ends by itself is seen at once on Bun and Node, and by the watchdog on Deno.
  expect(["0 crash", "0 deadline"]).toContain(fourth);
  expect(fifth).toBe("1 1.0");
  expect(code).toBe(4);
});
