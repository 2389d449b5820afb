import { expect, test } from "vitest";
import { finish, start } from "../../runtime/process.ts";

const ENDLESS = new URL("./programs/endless.ts", import.meta.url);
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

test("code that never ends is interrupted on every runtime, and leaves no thread at work", async () => {
  const { code, stdout, stderr } = await finish(start(ENDLESS));
  expect(stdout.trimEnd().split("\n")).toEqual([
    "loop: deadline, then 42",
    "catching: deadline, then 42",
    "promises: deadline, then 42",
    "expression: deadline, then 42",
    "native: deadline, then 42",
    "json: deadline, then 42",
    "sort: deadline, then 42",
    "grown by 67108864: deadline, 42",
    "top level: deadline",
    "aborted: TimeoutError, then 42",
    "closed: closed",
    "busy: no",
    "end",
  ]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
});
