import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cupel, Folder, runtimes } from "./cupel.ts";

const TASK = "examples/top-k/task.ts";
const BASELINE = "examples/top-k/baseline.ts";
const HEAP = "examples/top-k/heap.ts";
const EVALUATE = ["evaluate", TASK, "--baseline", BASELINE, "--candidate", HEAP];
const SPAWNER = ["spawner", "--nats", "nats://127.0.0.1:1", "--caps", "cpu"];
const RUN = ["run", HEAP, "--call", "topK", "--args", "[[3,1,2],2]"];

let folder: Folder;
let broken: string;
let noTask: string;
let noProperties: string;
let noExport: string;
beforeAll(() => {
  folder = new Folder();
  broken = folder.write("broken.ts", "export function topK( {");
  noTask = folder.write("no_task.ts", "export const nothing = 1;");
  noProperties = folder.write(
    "no_properties.ts",
    `import { defineTask, fc } from "cupel/task";
     export default defineTask({ name: "n", inputs: fc.nat(), properties: {} });`,
  );
  noExport = folder.write("no_export.ts", "export function other() {}");
});
afterAll(() => folder.dispose());

async function refused(args: string[], message: RegExp): Promise<void> {
  const { code, stdout, stderr } = await cupel(args);
  expect({ code, stdout, stderr }).toEqual({
    code: 3,
    stdout: "",
    stderr: expect.stringMatching(message),
  });
  expect(stderr).toMatch(/^error: [^\n]*\n$/);
}

describe("what cannot be understood is one line on standard error and exit code 3", () => {
  test.each<[string, string[], RegExp]>([
    ["no command", [], /no command is given; see cupel --help/],
    ["an unknown command", ["evalute"], /unknown command 'evalute'.*evaluate/],
    ["an unknown flag", [...EVALUATE, "--memroy", "1"], /unknown option '--memroy'.*--memory/],
    ["help for an unknown command", ["help", "nope"], /unknown command 'nope'/],
    ["a missing argument", ["evaluate"], /missing required argument 'task'|--baseline/],
    ["a missing flag", ["evaluate", TASK, "--baseline", BASELINE], /'--candidate <file>'/],
    ["a flag without its value", ["run", HEAP, "--call"], /'--call <name>' argument missing/],
    ["too many arguments", [...EVALUATE, "another.ts"], /too many arguments/],
    [
      "n = 0",
      [...EVALUATE, "-n", "0"],
      /-n as it must be a whole number from 1 to .* value is "0"/,
    ],
    ["a negative n", [...EVALUATE, "-n", "-5"], /cannot use -n .*"-5"/],
    ["n = 1e9", [...EVALUATE, "-n", "1e9"], /cannot use -n .*"1e9"/],
    ["n = 1000000000", [...EVALUATE, "-n", "1000000000"], /cannot use -n /],
    ["n = NaN", [...EVALUATE, "-n", "NaN"], /cannot use -n .*"NaN"/],
    ["n = 4.5", [...EVALUATE, "-n", "4.5"], /cannot use -n .*"4.5"/],
    ["a seed too large", [...EVALUATE, "--seed", "4294967296"], /cannot use --seed/],
    ["no workers", [...EVALUATE, "--workers", "0"], /cannot use --workers/],
    [
      "workers of this machine for a cluster",
      [...EVALUATE, "--nats", "nats://127.0.0.1:1", "--workers", "3"],
      /cannot use --workers with --nats as it must be left out: .*; current value is 3$/m,
    ],
    [
      "metrics without a cluster",
      [...EVALUATE, "--metrics-port", "0"],
      /cannot use --metrics-port without --nats$/m,
    ],
    [
      "a folder of keys without a name",
      [...SPAWNER, "--keys", ""],
      /--keys as it must be the name/,
    ],
    ["an unknown policy", [...EVALUATE, "--policy", "lax"], /--policy as it must be a preset/],
    ["a policy's file that is not there", [...EVALUATE, "--policy", "no.toml"], /"no.toml": it is/],
    [
      "an unknown way of looking",
      [...EVALUATE, "--sequential", "often"],
      /cannot use --sequential/,
    ],
    ["looks at nothing", [...EVALUATE, "--looks", "4"], /cannot use --looks/],
    ["no repetition", [...EVALUATE, "--stability", "0"], /cannot use --stability/],
    ["tries in words", [...EVALUATE, "--shrink", "many"], /cannot use --shrink/],
    ["settings that are not there", [...EVALUATE, "--config", "no.toml"], /cannot read --config/],
    ["too little memory", [...EVALUATE, "--memory", "1kb"], /cannot use --memory .*8.0 MiB/],
    ["memory beyond all numbers", [...EVALUATE, "--memory", "9".repeat(30)], /at most 2048\.0 MiB/],
    ["a deadline in words", [...RUN, "--deadline", "soon"], /cannot use --deadline/],
    ["malformed JSON", ["run", HEAP, "--call", "topK", "--args", "[1,"], /cannot use --args/],
    ["arguments that are no array", ["run", HEAP, "--call", "topK", "--args", "{}"], /--args/],
    [
      "a missing file, with --json",
      ["run", "none.ts", "--call", "f", "--json"],
      /"none.ts" is not/,
    ],
    ["a directory", ["run", "examples", "--call", "f"], /"examples" is a directory/],
    ["a missing task", ["evaluate", "none.ts", ...EVALUATE.slice(2)], /the task .*"none.ts"/],
    ["a missing candidate", [...EVALUATE, "--candidate", "none.ts"], /--candidate .*"none.ts"/],
    ["a file that is no code", ["run", "LICENSE", "--call", "f"], /LICENSE .*extension/],
  ])("%s", async (_name, args, message) => {
    await refused(args, message);
  });

  test("a syntax error, with file, line and column", async () => {
    await refused([...EVALUATE, "--candidate", broken], /broken\.ts:1:24/);
    await refused(["run", broken, "--call", "topK"], /broken\.ts:1:24/);
  });

  test("a file that exports no task, or one without properties", async () => {
    await refused(["evaluate", noTask, ...EVALUATE.slice(2)], /no_task\.ts/);
    await refused(["evaluate", noProperties, ...EVALUATE.slice(2)], /no_properties\.ts.*propert/);
  });

  test("an arm that lacks the function which the task calls", async () => {
    await refused([...EVALUATE, "--candidate", noExport], /no_export\.ts.*topK/);
  });

  test("on every runtime alike", async () => {
    for (const { command } of runtimes) {
      const { code, stdout, stderr } = await cupel([...EVALUATE, "-n", "0"], { command });
      expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
      expect(stderr).toBe(
        "error: cannot use -n as it must be a whole number from 1 to 1000000: " +
          'current value is "0"\n',
      );
    }
  });
});

test("workers that the environment sets are left out where a cluster executes the cases", async () => {
  const args = [...EVALUATE, "--nats", "nats://127.0.0.1:1"];
  const { code, stderr } = await cupel(args, { env: { CUPEL_WORKERS: "3" } });
  expect(code).toBe(3);
  expect(stderr).toMatch(/^error: cannot connect to NATS at /);
});
