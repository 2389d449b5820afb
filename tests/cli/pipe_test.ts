import { describe, expect, test } from "vitest";
import { cupel, ended, runtimes, start } from "./cupel.ts";

const RUN = ["run", "tests/cli/fixtures/echo.ts", "--call", "echo", "--args", "[1]", "--json"];

/** The command with one of its streams redirected. */
function shell(command: string[], redirection: string): string[] {
  return ["sh", "-c", `exec "$@" ${redirection}`, "sh", ...command];
}

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

  test.each([["a report", RUN], ["help", ["--help"]]])(
    "%s that cannot be written, as the disk is full, is never a success",
    async (_name, args) => {
      const { code, stderr } = await cupel(args, { command: shell(command, ">/dev/full") });
      expect(code).toBe(74);
      expect(stderr).toMatch(/^error: cannot write to standard output: [^\n]*no space[^\n]*\n$/i);
    },
  );

  test("messages that cannot be written leave the exit code as it is", async () => {
    const args = [...RUN, "--seed", "none"];
    const { code, stdout } = await cupel(args, { command: shell(command, "2>/dev/full") });
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
  });
});
