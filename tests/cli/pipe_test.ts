import { describe, expect, test } from "vitest";
import { ended, runtimes, start } from "./cupel.ts";

describe.each(runtimes)("on $name", ({ command }) => {
  test("a reader that goes away early is no error", async () => {
    // A value of some megabytes: more than a pipe holds.
    const args = JSON.stringify(["x".repeat(500_000)]);
    const child = start(
      ["run", "tests/cli/fixtures/echo.ts", "--call", "echo", "--args", "-", "--json"],
      command,
    );
    child.stdout?.once("data", () => child.stdout?.destroy());
    const { code, stderr } = await ended(child, args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });
});
