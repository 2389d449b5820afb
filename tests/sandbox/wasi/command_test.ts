import { describe, expect, test } from "vitest";
import type { Value } from "../../../sandbox/values/value.ts";
import { commandModule, ECHO, writing } from "./support/command.ts";
import { coreIsolate, failureOf, valueOf } from "./support/guest.ts";

/** A command that writes text and exits. */
function says(text: string, code = 0, errors = "") {
  const out = writing(text);
  const error = writing(errors, 2, 40_000);
  const body = `${out.body} ${error.body} (call $proc_exit (i32.const ${code}))`;
  return coreIsolate(commandModule(body, out.more + error.more));
}

describe("a command", () => {
  test.each<[Value[]]>([
    [[]],
    [[1, "zwei", [true, null]]],
    [[2n ** 70n, undefined, NaN, -0]],
    [[new Map([["a", new Set([1])]]), new Date(5), new Float64Array([0.5])]],
    [[{ $: 1, __proto__x: 2 }]],
  ])("gets arguments on standard input and gives what it writes: %o", (args) => {
    expect(valueOf(coreIsolate(ECHO).call("main", args))).toStrictEqual(args);
  });

  test("has the called name and what is granted as its arguments", () => {
    const isolate = coreIsolate(
      commandModule(
        `(drop (call $args_sizes_get (i32.const 100) (i32.const 104)))
        (drop (call $args_get (i32.const 200) (i32.const 1001)))
        (i32.store8 (i32.const 1000) (i32.const 34))
        (i32.store8 (i32.add (i32.const 1000) (i32.load (i32.const 104))) (i32.const 34))
        (i32.store8 (i32.sub (i32.load (i32.const 204)) (i32.const 1)) (i32.const 32))
        (call $write (i32.const 1) (i32.const 1000)
          (i32.add (i32.load (i32.const 104)) (i32.const 1)))`,
      ),
      { args: ["--strict"] },
    );
    expect(valueOf(isolate.call("topK", []))).toBe("topK --strict");
    expect(valueOf(isolate.call("_start", []))).toBe("_start --strict");
    expect(valueOf(isolate.call("memory", []))).toBe("memory --strict");
    expect(isolate.exports()).toEqual([]);
  });

  test("may end by returning, or by exiting with 0", () => {
    const out = writing(" [1, 2]\n");
    const isolate = coreIsolate(commandModule(out.body, out.more));
    expect(valueOf(isolate.call("f", []))).toEqual([1, 2]);
    expect(valueOf(says("[1]").call("f", []))).toEqual([1]);
  });

  test("fails with its exit code and the last lines of standard error", () => {
    expect(failureOf(says("1", 3).call("f", []))).toEqual({
      kind: "exception",
      message: "exited with code 3",
    });
    const isolate = says("1", 101, "0\n1\n2\n3\n\npanicked at x.rs:\n  index out of bounds\n");
    const outcome = isolate.call("f", []);
    expect(failureOf(outcome)).toEqual({
      kind: "exception",
      message: "exited with code 101: 1\n2\n3\npanicked at x.rs:\n  index out of bounds",
    });
    expect(outcome.output.map(({ level }) => level)).toEqual(Array(7).fill("error"));
    const long = failureOf(says("1", 1, "x".repeat(50_000)).call("f", []));
    expect(long.message.length).toBeLessThan(3000);
  });

  test.each([
    ["", "it wrote nothing to standard output, where its result should be"],
    ["[1,", 'its standard output must be one JSON value and nothing else: it is "[1,"'],
    ["[1] [2]", /nothing else: it is "\[1\] \[2\]"$/],
    [
      '{"$":"nonsense"}',
      /^its standard output must be one JSON value and nothing else \(at \$, its tag is /,
    ],
    ["x".repeat(500), /nothing else: it is "x{100}"…$/],
  ])("that writes %j has a bad output", (text, message) => {
    const failure = failureOf(says(text).call("f", []));
    expect(failure.kind).toBe("bad-output");
    if (typeof message === "string") expect(failure.message).toBe(message);
    else expect(failure.message).toMatch(message);
  });

  test("that writes no UTF-8, or too much, has a bad output", () => {
    const raw = coreIsolate(commandModule(
      `(i32.store (i32.const 1000) (i32.const 0xfffe2222))
      (call $write (i32.const 1) (i32.const 1000) (i32.const 4))`,
    ));
    expect(failureOf(raw.call("f", [])).message).toMatch(/^its standard output is not UTF-8: /);
    const large = coreIsolate(
      commandModule(`(call $write (i32.const 1) (i32.const 1000) (i32.const 1001))`),
      { limits: { outputBytes: 1000 } },
    );
    expect(failureOf(large.call("f", []))).toEqual({
      kind: "bad-output",
      message: "its standard output is longer than 1000 bytes",
    });
  });

  test("starts from its image, even where state is kept", () => {
    const counting = commandModule(`
      (i32.store (i32.const 500) (i32.add (i32.load (i32.const 500)) (i32.const 1)))
      (i32.store8 (i32.const 1000) (i32.add (i32.const 48) (i32.load (i32.const 500))))
      (call $write (i32.const 1) (i32.const 1000) (i32.const 1))
      (drop (memory.grow (i32.const 1)))`);
    for (const stateful of [false, true]) {
      const isolate = coreIsolate(counting, { stateful });
      expect([1, 2, 3].map(() => valueOf(isolate.call("f", [])))).toEqual([1, 1, 1]);
    }
  });

  test("reads its input once and to the end", () => {
    const isolate = coreIsolate(commandModule(`
      (drop (call $read (i32.const 1000) (i32.const 3)))
      (drop (call $read (i32.const 1003) (i32.const 1)))
      (call $write (i32.const 1) (i32.const 1000)
        (i32.add (i32.const 4) (call $read (i32.const 1004) (i32.const 1000))))
      (call $write (i32.const 1) (i32.const 1000) (call $read (i32.const 1000) (i32.const 9)))`));
    for (const args of [[12345678], ["abcdef"], [[], []]]) {
      expect(valueOf(isolate.call("f", args))).toEqual(args);
    }
  });
});
