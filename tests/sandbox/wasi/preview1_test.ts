import { describe, expect, test } from "vitest";
import { ERRNO } from "../../../sandbox/wasi/preview1/errno.ts";
import { Driver } from "./support/driver.ts";
import { failureOf } from "./support/guest.ts";

const EPOCH = 1_735_689_600_000_000_000n;
const HOUR = 3_600_000_000_000n;

describe("arguments and environment", () => {
  test("are the guest's name and what is granted, and no variables", () => {
    const guest = new Driver({ args: ["--strict", "ü", ""] });
    expect(guest.call("args_sizes_get", 0, 4)).toBe(0);
    const text = "guest.wasm\0--strict\0ü\0\0";
    expect([guest.u32(0), guest.u32(4)]).toEqual([4, new TextEncoder().encode(text).length]);
    expect(guest.call("args_get", 100, 200)).toBe(0);
    expect(guest.text(200, guest.u32(4))).toBe(text);
    expect([0, 1, 2, 3].map((index) => guest.u32(100 + 4 * index))).toEqual([200, 211, 220, 223]);
    guest.put(0, new Uint8Array(8).fill(1));
    expect(guest.call("environ_sizes_get", 0, 4)).toBe(0);
    expect([guest.u32(0), guest.u32(4)]).toEqual([0, 0]);
    expect(guest.call("environ_get", 100, 200)).toBe(0);
  });

  test("must fit into the memory", () => {
    const guest = new Driver();
    expect(guest.call("args_get", 65_532, 65_526)).toBe(ERRNO.fault);
    expect(guest.call("args_get", 65_533, 0)).toBe(ERRNO.fault);
    expect(guest.call("args_sizes_get", 65_533, 0)).toBe(ERRNO.fault);
    expect(guest.call("args_sizes_get", 0, -1)).toBe(ERRNO.fault);
    expect(guest.call("environ_get", -1, 0)).toBe(ERRNO.fault);
  });
});

describe("clocks", () => {
  test("begin at the epoch, and the guest's work moves them", () => {
    const guest = new Driver();
    const times = [0, 1, 2, 3].map((id) => {
      expect(guest.call("clock_time_get", id, 0n, 8)).toBe(0);
      return guest.u64(8);
    });
    expect(times[0]).toBeGreaterThan(EPOCH);
    expect(times[0]).toBeLessThan(EPOCH + 1_000_000n);
    for (const time of times.slice(1)) expect(time).toBeLessThan(1_000_000n);
    expect(guest.call("clock_res_get", 0, 8)).toBe(0);
    expect(guest.u64(8)).toBe(1n);
    expect(guest.call("clock_time_get", 4, 0n, 8)).toBe(ERRNO.inval);
    expect(guest.call("clock_res_get", -1, 8)).toBe(ERRNO.inval);
    expect(guest.call("clock_time_get", 0, 0n, 65_530)).toBe(ERRNO.fault);
  });
});

describe("poll_oneoff", () => {
  interface Subscription {
    tag?: number;
    /** Number of the clock or of the descriptor. */
    id?: number;
    timeout?: bigint;
    absolute?: boolean;
  }

  function poll(guest: Driver, list: Subscription[]): number | bigint[][] {
    list.forEach(({ tag = 0, id = 1, timeout = 0n, absolute = false }, index) => {
      const at = 1000 + 48 * index;
      guest.put(at, new Uint8Array(48));
      guest.view.setBigUint64(at, BigInt(index), true);
      guest.view.setUint8(at + 8, tag);
      guest.view.setUint32(at + 16, id, true);
      guest.view.setBigUint64(at + 24, timeout, true);
      guest.view.setUint16(at + 40, Number(absolute), true);
    });
    const errno = guest.call("poll_oneoff", 1000, 30_000, list.length, 0);
    if (errno !== 0) return errno;
    return Array.from({ length: guest.u32(0) }, (_, index) => {
      const at = 30_000 + 32 * index;
      return [guest.u64(at), BigInt(guest.view.getUint16(at + 8, true)), guest.u64(at + 16)];
    });
  }

  // Each call of the driver stands where its fuel says, so the time is read in the call that sleeps.
  const SLEEPER = `(func (export "sleep") (param i64) (result i64)
    (i64.store (i32.const 1024) (local.get 0))
    (i32.store (i32.const 1016) (i32.const 1))
    (drop (call $poll_oneoff (i32.const 1000) (i32.const 2000) (i32.const 1) (i32.const 0)))
    (drop (call $clock_time_get (i32.const 1) (i64.const 0) (i32.const 0)))
    (i64.load (i32.const 0)))`;

  test("moves the clock on and takes no time", () => {
    const guest = new Driver({}, SLEEPER);
    const outcome = guest.isolate.call("sleep", [HOUR]);
    expect(outcome).toMatchObject({ ok: true });
    const time = outcome.ok ? BigInt(String(outcome.value)) : 0n;
    expect(time).toBeGreaterThan(HOUR);
    expect(time).toBeLessThan(HOUR + 1_000_000n);
    expect(outcome.usage.fuel).toBeLessThan(100_000);
  });

  test("gives the first of several clocks, and all that are due with it", () => {
    const guest = new Driver();
    const list = [{ timeout: HOUR }, { timeout: 5n }, { timeout: 5n }, { timeout: 6n * HOUR }];
    expect(poll(guest, list)).toEqual([[1n, 0n, 0n], [2n, 0n, 0n]]);
    expect(poll(guest, [{ timeout: HOUR }, { timeout: 3n, absolute: true }])).toEqual([
      [1n, 0n, 0n],
    ]);
    expect(poll(guest, [{ id: 0, timeout: EPOCH - 9n, absolute: true }])).toEqual([[0n, 0n, 0n]]);
    expect(poll(guest, [{ id: 0, timeout: EPOCH + HOUR, absolute: true }])).toHaveLength(1);
  });

  test("finds streams ready at once", () => {
    const guest = new Driver({ files: { "/f": "12345" } });
    const file = guest.open("f");
    expect(poll(guest, [
      { tag: 1, id: 0 },
      { tag: 2, id: 1 },
      { tag: 1, id: file },
      { tag: 1, id: 1 },
      { tag: 2, id: 0 },
      { tag: 1, id: 99 },
      { timeout: HOUR },
    ])).toEqual([
      [0n, 0n, 0n],
      [1n, 0n, 65_536n],
      [2n, 0n, 5n],
      [3n, BigInt(ERRNO.badf), 0n],
      [4n, BigInt(ERRNO.badf), 0n],
      [5n, BigInt(ERRNO.badf), 0n],
    ]);
  });

  test("refuses what it cannot wait for", () => {
    const guest = new Driver();
    expect(poll(guest, [])).toBe(ERRNO.inval);
    expect(poll(guest, [{ tag: 3 }])).toBe(ERRNO.inval);
    expect(poll(guest, [{ timeout: (1n << 64n) - 1n }])).toBe(ERRNO.inval);
    expect(poll(guest, [{ id: 2, timeout: 1n }])).toEqual([[0n, BigInt(ERRNO.notsup), 0n]]);
    expect(poll(guest, [{ id: 9, timeout: 1n }])).toEqual([[0n, BigInt(ERRNO.inval), 0n]]);
    expect(guest.call("poll_oneoff", 0, 0, 1001, 0)).toBe(ERRNO.inval);
    expect(guest.call("poll_oneoff", 0, 0, -1, 0)).toBe(ERRNO.inval);
    expect(guest.call("poll_oneoff", 65_500, 0, 1, 0)).toBe(ERRNO.fault);
    expect(guest.call("poll_oneoff", 0, 65_520, 1, 0)).toBe(ERRNO.fault);
  });
});

describe("random_get", () => {
  test("gives bytes that depend on the seed alone", () => {
    const draw = (seed: [number, number, number, number]) => {
      const guest = new Driver();
      expect(guest.isolate.call("random_get", [100, 1000], { seed })).toMatchObject({ value: 0 });
      return [...new Uint8Array(guest.memory.buffer, 100, 1000)];
    };
    const bytes = draw([1, 2, 3, 4]);
    expect(new Set(bytes).size).toBeGreaterThan(200);
    expect(draw([1, 2, 3, 4])).toEqual(bytes);
    expect(draw([1, 2, 3, 5])).not.toEqual(bytes);
  });

  test("must fit into the memory", () => {
    const guest = new Driver();
    expect(guest.call("random_get", 65_536, 0)).toBe(0);
    expect(guest.call("random_get", 65_536, 1)).toBe(ERRNO.fault);
    expect(guest.call("random_get", -1, -1)).toBe(ERRNO.fault);
  });
});

describe("the process", () => {
  test("ends by exit and by signals", () => {
    const guest = new Driver();
    const end = (name: "proc_exit" | "proc_raise", code: number) =>
      failureOf(guest.outcome(name, code));
    expect(end("proc_exit", 0)).toEqual({ kind: "exception", message: "exited with code 0" });
    expect(end("proc_exit", 3)).toEqual({ kind: "exception", message: "exited with code 3" });
    expect(end("proc_raise", 6)).toEqual({ kind: "crash", message: "raised the signal SIGABRT" });
    expect(end("proc_raise", 30)).toEqual({ kind: "crash", message: "raised the signal SIGSYS" });
    expect([guest.call("proc_raise", 0), guest.call("proc_raise", 31)]).toEqual([0, ERRNO.inval]);
    expect(guest.call("sched_yield")).toBe(0);
  });

  test("cannot go on after its exit, whatever it catches", () => {
    const guest = new Driver(
      {},
      `
      (func (export "stubborn") (result i32)
        (block $caught (try (do (call $proc_exit (i32.const 4))) (catch_all (br $caught))))
        (loop (br 0)) (i32.const 1))`,
    );
    const outcome = guest.isolate.call("stubborn", []);
    expect(failureOf(outcome)).toEqual({ kind: "exception", message: "exited with code 4" });
    expect(outcome.usage.fuel).toBeLessThan(100_000);
  });
});

describe("descriptors", () => {
  test("of the standard streams are no terminals", () => {
    const guest = new Driver();
    for (const number of [0, 1, 2]) {
      expect(guest.call("fd_fdstat_get", number, 0)).toBe(0);
      expect([guest.view.getUint8(0), guest.u64(8) & 0b100100n]).toEqual([0, 0n]);
    }
    expect(guest.call("fd_fdstat_get", 3, 0)).toBe(ERRNO.badf);
    expect(guest.call("fd_fdstat_get", 0, 65_520)).toBe(ERRNO.fault);
  });

  test("keep their flags", () => {
    const guest = new Driver();
    expect(guest.call("fd_fdstat_set_flags", 1, 5)).toBe(0);
    expect(guest.call("fd_fdstat_get", 1, 0)).toBe(0);
    expect(guest.view.getUint16(2, true)).toBe(5);
    expect(guest.call("fd_fdstat_set_flags", 1, 32)).toBe(ERRNO.inval);
    expect(guest.call("fd_fdstat_set_flags", 9, 0)).toBe(ERRNO.badf);
  });

  test("take advice, and are flushed", () => {
    const guest = new Driver({ files: { "/f": "x" } });
    const file = guest.open("f");
    expect(guest.call("fd_advise", file, 0n, 0n, 5)).toBe(0);
    expect(guest.call("fd_advise", file, 0n, 0n, 6)).toBe(ERRNO.inval);
    expect(guest.call("fd_advise", 1, 0n, 0n, 0)).toBe(ERRNO.spipe);
    expect(guest.call("fd_advise", 3, 0n, 0n, 0)).toBe(ERRNO.badf);
    expect([guest.call("fd_sync", file), guest.call("fd_datasync", 1)]).toEqual([0, 0]);
    expect([guest.call("fd_sync", 9), guest.call("fd_datasync", 9)]).toEqual([8, 8]);
  });

  test.each(["sock_accept", "sock_recv", "sock_send", "sock_shutdown"] as const)(
    "are no sockets: %s",
    (name) => {
      const guest = new Driver();
      const rest = { sock_accept: 2, sock_recv: 5, sock_send: 4, sock_shutdown: 1 }[name];
      expect(guest.call(name, 1, ...Array(rest).fill(0))).toBe(ERRNO.notsup);
      expect(guest.call(name, 44, ...Array(rest).fill(0))).toBe(ERRNO.badf);
    },
  );
});

describe("output", () => {
  test("becomes lines", () => {
    const guest = new Driver();
    guest.put(0, "one\ntwo\nthree");
    guest.vectors(100, [0, 6], [6, 7]);
    const outcome = guest.outcome("fd_write", 1, 100, 2, 200);
    expect(outcome.output.map(({ level, text }) => [level, text])).toEqual([
      ["log", "one"],
      ["log", "two"],
      ["log", "three"],
    ]);
    expect(guest.u32(200)).toBe(13);
    expect(guest.outcome("fd_write", 2, 100, 1, 200).output[0]?.level).toBe("error");
  });

  test("refuses too many buffers, too many bytes, and buffers that are not there", () => {
    const guest = new Driver();
    const write = (address: number, count: number, result = 0) =>
      guest.call("fd_write", 1, address, count, result);
    expect([write(0, 1025), write(0, -1)]).toEqual([ERRNO.inval, ERRNO.inval]);
    expect([write(65_532, 1), write(-8, 1), write(0, 1, 65_533)]).toEqual(
      Array(3).fill(ERRNO.fault),
    );
    guest.vectors(0, [65_000, 1000]);
    expect(write(0, 1)).toBe(ERRNO.fault);
    guest.vectors(0, [0, 1], [-1, 1]);
    expect(guest.outcome("fd_write", 1, 0, 2, 200)).toMatchObject({
      value: ERRNO.fault,
      output: [],
    });
    guest.vectors(0, [65_536, 0]);
    expect(write(0, 1)).toBe(0);
  });

  test("cannot be read, nor input be written", () => {
    const guest = new Driver();
    expect([guest.read(1, 5), guest.read(2, 5), guest.read(0, 5)]).toEqual([8, 8, ""]);
    expect(guest.call("fd_close", 1)).toBe(0);
    guest.vectors(0, [0, 1]);
    expect(guest.call("fd_write", 1, 0, 1, 200)).toBe(ERRNO.badf);
  });
});
