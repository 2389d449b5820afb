import { describe, expect, test } from "vitest";
import { ComponentTrap } from "../../../../sandbox/component/errors.ts";
import { Tagged } from "../../../../sandbox/component/types.ts";
import { CollectingSink } from "../../../../sandbox/world/byte_sink.ts";
import { closed, Ended, handleOf, ok, stderr, stdin, stdout, utf8, Wasi } from "./support.ts";

const U64_MAX = 2n ** 64n - 1n;
const MIB = 1024 * 1024;

describe.each(["read", "blocking-read"])("%s", (read) => {
  test("gives the input in order, and then that it is closed", () => {
    const wasi = new Wasi({ stdin: utf8("hello") });
    expect(wasi.input(read, 2n)).toEqual(ok(utf8("he")));
    expect(wasi.input(read, 0n)).toEqual(ok(utf8("")));
    expect(wasi.input(read, U64_MAX)).toEqual(ok(utf8("llo")));
    expect(wasi.input(read, 1n)).toEqual(closed);
    expect(wasi.input(read, 0n)).toEqual(closed);
  });

  test("takes a mebibyte at most, and pays for what it takes", () => {
    const wasi = new Wasi({ stdin: new Uint8Array(MIB + 5) });
    const first = wasi.input(read, U64_MAX);
    expect(first instanceof Tagged && first.value).toHaveLength(MIB);
    expect(wasi.fuel).toBeGreaterThanOrEqual(MIB);
    wasi.fuel = 0;
    expect(wasi.input(read, U64_MAX)).toEqual(ok(new Uint8Array(5)));
    expect(wasi.fuel).toBeLessThan(2000);
  });

  test("is paid for before anything is taken", () => {
    const wasi = new Wasi({ stdin: new Uint8Array(10_000) });
    wasi.budget = 5000;
    expect(() => wasi.input(read, 10_000n)).toThrow(Ended);
    expect(wasi.world.stdinLeft).toBe(10_000);
  });
});

test.each(["skip", "blocking-skip"])(
  "%s passes over input without a price for its length",
  (skip) => {
    const wasi = new Wasi({ stdin: new Uint8Array(3 * MIB) });
    expect(wasi.input(skip, 3n)).toEqual(ok(3n));
    expect(wasi.input(skip, U64_MAX)).toEqual(ok(BigInt(3 * MIB - 3)));
    expect(wasi.input(skip, 1n)).toEqual(closed);
    expect(wasi.fuel).toBeLessThan(5000);
  },
);

test("an empty input is closed from the start", () => {
  expect(new Wasi().input("blocking-read", 1n)).toEqual(closed);
});

test("streams are always ready", () => {
  const wasi = new Wasi();
  for (const pollable of [wasi.input("subscribe"), wasi.output("subscribe")]) {
    expect(wasi.call("io/poll", "[method]pollable.ready", handleOf(pollable))).toBe(true);
    wasi.call("io/poll", "[method]pollable.block", handleOf(pollable));
  }
  expect(wasi.now()).toBe(0n);
});

describe("writing", () => {
  const METHODS: [string, number][] = [["write", 65_536], ["blocking-write-and-flush", 4096]];

  test.each(METHODS)("%s writes up to what is permitted and traps beyond it", (write, most) => {
    const wasi = new Wasi();
    expect(wasi.output(write, utf8("one\ntwo "))).toEqual(ok());
    expect(wasi.output(write, utf8("three"))).toEqual(ok());
    expect(wasi.output(write, utf8("x".repeat(most)))).toEqual(ok());
    expect(() => wasi.output(write, new Uint8Array(most + 1))).toThrow(ComponentTrap);
    expect(wasi.lines()).toEqual(["one", `two three${"x".repeat(most)}`]);
  });

  test("check-write permits as much as write takes", () => {
    expect(new Wasi().output("check-write")).toEqual(ok(65_536n));
  });

  test.each(["flush", "blocking-flush"])("%s has nothing to do", (flush) => {
    const wasi = new Wasi();
    wasi.output("write", utf8("text"));
    expect(wasi.output(flush)).toEqual(ok());
    expect(wasi.lines()).toEqual(["text"]);
  });

  test("goes to the stream that it names, at its level", () => {
    const wasi = new Wasi();
    const write = (stream: typeof stdout, text: string) =>
      wasi.call("io/streams", "[method]output-stream.write", stream, utf8(text));
    write(stdout, "out\n");
    write(stderr, "err\n");
    expect(wasi.world.output.take()).toEqual([
      { level: "log", text: "out" },
      { level: "error", text: "err" },
    ]);
  });

  test("is paid for by the byte and by the line, before it is done", () => {
    const price = (bytes: Uint8Array) => {
      const wasi = new Wasi();
      wasi.output("write", bytes);
      return wasi.fuel;
    };
    const nothing = price(utf8(""));
    expect(price(new Uint8Array(1000)) - nothing).toBe(8000);
    expect(price(utf8("\n".repeat(1000))) - nothing).toBe(8000 + 1000 * 4000);

    const wasi = new Wasi();
    wasi.budget = 100_000;
    expect(() => wasi.output("write", utf8("\n".repeat(1000)))).toThrow(Ended);
    expect(wasi.lines()).toEqual([]);
  });

  const ZEROES: [string, bigint][] = [
    ["write-zeroes", 65_536n],
    ["blocking-write-zeroes-and-flush", 4096n],
  ];

  test.each(ZEROES)("%s writes zeroes and no more than permitted", (write, most) => {
    const sink = new CollectingSink(MIB);
    const wasi = new Wasi({}, { stdout: () => sink });
    expect(wasi.output(write, 3n)).toEqual(ok());
    expect(sink.bytes()).toEqual(new Uint8Array(3));
    expect(wasi.output(write, most)).toEqual(ok());
    expect(sink.bytes()).toEqual(new Uint8Array(3 + Number(most)));
    expect(() => wasi.output(write, most + 1n)).toThrow(ComponentTrap);
    expect(() => wasi.output(write, U64_MAX)).toThrow(ComponentTrap);
    expect(wasi.fuel).toBeGreaterThan(8 * Number(most));
  });
});

test.each(["splice", "blocking-splice"])("%s copies input to output, piece by piece", (splice) => {
  const sink = new CollectingSink(MIB);
  const input = new Uint8Array(100_000).map((_, at) => at);
  const wasi = new Wasi({ stdin: input }, { stdout: () => sink });
  expect(wasi.output(splice, stdin, 3n)).toEqual(ok(3n));
  expect(wasi.output(splice, stdin, 0n)).toEqual(ok(0n));
  expect(wasi.output(splice, stdin, U64_MAX)).toEqual(ok(65_536n));
  expect(wasi.output(splice, stdin, U64_MAX)).toEqual(ok(34_461n));
  expect(wasi.output(splice, stdin, 1n)).toEqual(closed);
  expect(sink.bytes()).toEqual(input);
  expect(wasi.fuel).toBeGreaterThan(9 * 100_000);
});

test("there is no error to ask about", () => {
  expect(() => new Wasi().call("io/error", "[method]error.to-debug-string", stdin))
    .toThrow(ComponentTrap);
});
