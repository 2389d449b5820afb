import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cupel, Folder, runtimes } from "./cupel.ts";

let folder: Folder;
let file: string;
beforeAll(() => {
  folder = new Folder();
  file = folder.write(
    "guest.ts",
    `export function add(left: number, right: number) { console.log("adding"); return left + right; }
     export function echo(value: unknown) { return value; }
     export function random() { return Math.random(); }
     export function spin() { for (;;) {} }
     export function fail() {
       throw new TypeError("not today");
     }
     export function terminal() { throw new Error("\\u001b[2J\\u009b31m"); }
     export function fill() { const all = []; for (;;) all.push(new Uint8Array(1 << 20)); }`,
  );
});
afterAll(() => folder.dispose());

function run(name: string, ...rest: string[]) {
  return cupel(["run", file, "--call", name, ...rest]);
}

/** Output of a command that must end with a code, parsed. */
async function json(code: number, name: string, ...rest: string[]) {
  const ended = await run(name, "--json", ...rest);
  expect({ code: ended.code, stderr: ended.stderr }).toEqual({ code, stderr: "" });
  return JSON.parse(ended.stdout);
}

describe("a value", () => {
  test("is printed as JavaScript writes it, below what the guest said", async () => {
    const { code, stdout, stderr } = await run("add", "--args", "[1, 2]");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^guest log: adding\n3\nfuel .*, memory .*, .* m?s\n$/);
  });

  test("has usage and output in JSON", async () => {
    expect(await json(0, "add", "--args", "[1, 2]")).toEqual({
      ok: true,
      value: 3,
      usage: {
        fuel: expect.any(Number),
        memoryBytes: expect.any(Number),
        wallMs: expect.any(Number),
      },
      output: [{ level: "log", text: "adding" }],
    });
  });

  test("that JSON lacks has a tag, in arguments and result alike", async () => {
    const tagged = [[{ $: "number", v: "-0" }, { $: "undefined" }, { $: "bigint", v: "7" }]];
    const { value } = await json(0, "echo", "--args", JSON.stringify(tagged));
    expect(value).toEqual(tagged[0]);
    const { stdout } = await run("echo", "--args", JSON.stringify(tagged));
    expect(stdout).toMatch(/^\[-0, undefined, 7n\]\n/);
  });

  test("can be given by a file or standard input", async () => {
    const args = folder.write("args.json", '["from a file"]');
    expect((await run("echo", "--args", `@${args}`)).stdout).toMatch(/^"from a file"\n/);
    const piped = await cupel(["run", file, "--call", "echo", "--args", "-"], {
      input: '["from a pipe"]',
    });
    expect(piped.stdout).toMatch(/^"from a pipe"\n/);
  });

  test("that is random follows the seed", async () => {
    const first = await json(0, "random", "--seed", "7");
    const again = await json(0, "random", "--seed", "7");
    const other = await json(0, "random", "--seed", "8");
    expect(again.value).toBe(first.value);
    expect(other.value).not.toBe(first.value);
  });
});

describe("a failure of the guest exits with 1 and says its kind", () => {
  test("an exception, with the user's own line", async () => {
    const { failure } = await json(1, "fail");
    expect(failure).toMatchObject({ kind: "exception" });
    expect(failure.message).toContain("not today");
    expect(failure.stack).toMatch(/guest\.ts:6/);
  });

  test("fuel and memory", async () => {
    expect((await json(1, "spin", "--fuel", "1_000_000")).failure.kind).toBe("fuel");
    expect((await json(1, "fill", "--memory", "16MiB")).failure.kind).toBe("memory");
  });

  test("the deadline", async () => {
    const { failure } = await json(1, "spin", "--fuel", "900_000_000_000", "--deadline", "2s");
    expect(failure.kind).toBe("deadline");
  });

  test("text that would drive the terminal is escaped", async () => {
    for (const rest of [[], ["--json"]]) {
      const { stdout } = await run("terminal", ...rest);
      expect(stdout).toMatch(/^[\x20-\x7e\n]*$/);
    }
  });
});

test("Deno and Bun print the same, times apart", async () => {
  const outputs = await Promise.all(
    runtimes.map(({ command }) =>
      cupel(["run", file, "--call", "add", "--args", "[1, 2]", "--json"], { command })
    ),
  );
  const [first, ...others] = outputs.map(({ stdout }) => stdout.replace(/"wallMs": .*/, ""));
  expect(first).toContain('"value": 3');
  for (const other of others) expect(other).toBe(first);
});

test("a function that is not there is bad input, and the message says what is there", async () => {
  const { code, stdout, stderr } = await run("nothing");
  expect(code).toBe(3);
  expect(stdout).toBe("");
  expect(stderr).toContain("has no export named nothing: it exports add, echo");
});
