import { describe, expect, test } from "vitest";
import { ComponentTrap } from "../../../../sandbox/component/errors.ts";
import { Tagged } from "../../../../sandbox/component/types.ts";
import { wasiInterfaces } from "../../../../sandbox/component/wasi/mod.ts";
import { FUEL_PER_IMPORT } from "../../../../sandbox/world/prices.ts";
import { handleOf, ok, stderr, stdin, stdout, utf8, Wasi } from "./support.ts";

const none = new Tagged("none");

describe("the environment", () => {
  test("has the world's arguments and nothing else", () => {
    const wasi = new Wasi({}, { args: ["program", "--flag"] });
    expect(wasi.call("cli/environment", "get-arguments")).toEqual(["program", "--flag"]);
    expect(wasi.call("cli/environment", "get-environment")).toEqual([]);
    expect(wasi.call("cli/environment", "initial-cwd")).toEqual(none);
  });

  test("hands out copies, at a price that grows with the arguments", () => {
    const wasi = new Wasi({}, { args: ["x".repeat(10_000)] });
    const args = wasi.call("cli/environment", "get-arguments");
    expect(wasi.fuel).toBeGreaterThan(10_000);
    if (Array.isArray(args)) args.length = 0;
    expect(wasi.call("cli/environment", "get-arguments")).toHaveLength(1);
  });
});

test("exit ends the call with a code", () => {
  const exit = (name: string, status: Tagged | number) => () =>
    new Wasi().call("cli/exit", name, status);
  expect(exit("exit", ok())).toThrow(/^exit 0$/);
  expect(exit("exit", new Tagged("err"))).toThrow(/^exit 1$/);
  expect(exit("exit-with-code", 42)).toThrow(/^exit 42$/);
});

test("the standard streams are three, and none is a terminal", () => {
  const wasi = new Wasi();
  expect(wasi.call("cli/stdin", "get-stdin")).toEqual(stdin);
  expect(wasi.call("cli/stdout", "get-stdout")).toEqual(stdout);
  expect(wasi.call("cli/stderr", "get-stderr")).toEqual(stderr);
  for (const name of ["stdin", "stdout", "stderr"]) {
    expect(wasi.call(`cli/terminal-${name}`, `get-terminal-${name}`)).toEqual(none);
  }
});

test("there is no file system", () => {
  const wasi = new Wasi();
  expect(wasi.call("filesystem/preopens", "get-directories")).toEqual([]);
  const types = wasiInterfaces(wasi.world, {
    spend: () => {},
    stopForMemory: () => {
      throw new Error("memory");
    },
    exit: () => {
      throw new Error("exit");
    },
  }).get("wasi:filesystem/types");
  expect(types?.functions.size).toBe(29);
  for (const { call } of types?.functions.values() ?? []) {
    expect(() => call()).toThrow(ComponentTrap);
  }
});

test("every function costs something before it does anything", () => {
  const wasi = new Wasi();
  const charged: number[] = [];
  const out = new Error("out of fuel");
  const refuse = () => {
    throw new Error("this is reached by nobody without fuel");
  };
  const interfaces = wasiInterfaces(wasi.world, {
    spend: (units) => {
      charged.push(units);
      throw out;
    },
    stopForMemory: refuse,
    exit: refuse,
  });
  const functions = [...interfaces.values()].flatMap((it) => [...it.functions.values()]);
  for (const { call } of functions) expect(() => call()).toThrow(out);
  expect(charged).toEqual(functions.map(() => FUEL_PER_IMPORT));
});

describe("when the world begins anew", () => {
  test("handles from before stay valid, and what they did is undone", () => {
    const wasi = new Wasi({ stdin: utf8("first"), seed: [1, 1, 1, 1] });
    const input = handleOf(wasi.call("cli/stdin", "get-stdin"));
    const output = handleOf(wasi.call("cli/stdout", "get-stdout"));
    const pollable = wasi.after(1000n);
    const use = () => [
      wasi.call("io/streams", "[method]input-stream.read", input, 3n),
      wasi.call("io/streams", "[method]output-stream.write", output, utf8("unfinished")),
      wasi.call("io/poll", "[method]pollable.ready", pollable),
      wasi.call("io/poll", "poll", [pollable]),
      wasi.call("random/random", "get-random-u64"),
      wasi.now(),
      wasi.fuel,
    ];
    wasi.begin({ stdin: utf8("second"), seed: [2, 2, 2, 2] });
    const first = use();
    wasi.begin({ stdin: utf8("second"), seed: [2, 2, 2, 2] });
    expect(use()).toEqual(first);
    expect(first[0]).toEqual(ok(utf8("sec")));
    expect(wasi.lines()).toEqual(["unfinished"]);
  });

  test("what handles stand for cannot be changed", () => {
    const wasi = new Wasi();
    for (
      const handle of [stdin, stdout, stderr, wasi.after(1n), handleOf(wasi.input("subscribe"))]
    ) {
      expect(Object.isFrozen(handle.representation)).toBe(true);
      expect(Object.isFrozen(handle.resource)).toBe(true);
    }
  });
});
