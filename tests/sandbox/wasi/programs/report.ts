import { createHash } from "node:crypto";
import type { GuestIsolate } from "../../../../sandbox/guest_isolate.ts";
import type { CallOptions } from "../../../../sandbox/isolate.ts";
import { encode } from "../../../../sandbox/values/codec.ts";
import type { Value } from "../../../../sandbox/values/value.ts";
import type { Report } from "../../reports.ts";
import { commandModule, ECHO } from "../support/command.ts";
import { driverModule } from "../support/driver.ts";
import { coreIsolate } from "../support/guest.ts";

const OPTIONS: CallOptions = { seed: [20, 25, 1, 1], fuel: 20_000_000 };
const FILES = { "/data/words.txt": "alpha\nbeta\n", "/b": "b", "/a": "a" };

const WORK = driverModule(`
  (data (i32.const 0) "data/words.txt") (data (i32.const 64) "\\00\\04\\00\\00\\e8\\03\\00\\00")
  (table 10 20 funcref)
  (func (export "files") (result i32)
    (drop (call $path_open (i32.const 3) (i32.const 0) (i32.const 0) (i32.const 14) (i32.const 0)
      (i64.const 2) (i64.const 0) (i32.const 0) (i32.const 80)))
    (drop (call $fd_read (i32.load (i32.const 80)) (i32.const 64) (i32.const 1) (i32.const 84)))
    (drop (call $fd_readdir (i32.const 3) (i32.const 4096) (i32.const 500) (i64.const 0) (i32.const 88)))
    (drop (call $path_filestat_get (i32.const 3) (i32.const 0) (i32.const 0) (i32.const 14) (i32.const 8192)))
    (i32.store (i32.const 68) (i32.load (i32.const 84)))
    (drop (call $fd_write (i32.const 1) (i32.const 64) (i32.const 1) (i32.const 92)))
    (i32.load (i32.const 84)))
  (func (export "clocks") (result i64)
    (i64.store (i32.const 1024) (i64.const 123456789)) (i32.store (i32.const 1016) (i32.const 1))
    (drop (call $poll_oneoff (i32.const 1000) (i32.const 2000) (i32.const 1) (i32.const 300)))
    (drop (call $clock_time_get (i32.const 0) (i64.const 0) (i32.const 304)))
    (i64.load (i32.const 304)))
  (func (export "random") (result i64)
    (drop (call $random_get (i32.const 1) (i32.const 60001))) (i64.load (i32.const 60000)))
  (func (export "nan") (result f64 i64) (local f64)
    (local.set 0 (f64.div (f64.const -0) (f64.const 0)))
    (local.get 0) (i64.reinterpret_f64 (local.get 0)))
  (func (export "work") (param i32) (result i32) (local i32)
    (loop (local.set 1 (i32.add (i32.mul (local.get 1) (i32.const 31)) (local.get 0)))
      (i32.store (i32.and (local.get 1) (i32.const 0xfffc)) (local.get 1))
      (local.set 0 (i32.sub (local.get 0) (i32.const 1))) (br_if 0 (local.get 0)))
    (local.get 1))
  (func (export "deep") (param i32) (result i32)
    (i32.add (i32.const 1) (call $deep (local.get 0))))
  (func $deep (param i32) (result i32)
    (i32.add (i32.const 1) (call $deep (i32.add (local.get 0) (i32.const 1)))))
  (func (export "grow") (loop (br_if 0 (i32.ne (memory.grow (i32.const 1)) (i32.const -1)))) (unreachable))
  (func (export "growTable") (result i32) (table.grow 0 (ref.null func) (i32.const 5)))
  (func (export "endless") (loop (br 0)))
  (func (export "trap") (drop (i32.load (i32.const -1))))
  (func (export "exit") (call $proc_exit (i32.const 5)))`);

const CALLS: [name: string, args: Value[]][] = [
  ...["files", "clocks", "random", "nan", "grow", "growTable", "endless", "trap", "exit"]
    .map((name): [string, Value[]] => [name, []]),
  ["work", [100_000]],
  ["deep", [0]],
  ["work", [1.5]],
];

/** Makes every call, in one isolate for each module. */
export function reportAll(): Report[] {
  const work = coreIsolate(WORK, { files: FILES, limits: { memoryBytes: 2 ** 24 } });
  const echo = coreIsolate(ECHO);
  const fails = coreIsolate(
    commandModule("(call $write (i32.const 2) (i32.const 0) (i32.const 40))"),
  );
  return [
    ...CALLS.map(([name, args]) => report(work, name, args)),
    report(echo, "echo", [1, "zwei", new Set([3n])]),
    report(fails, "fails", []),
  ];
}

function report(isolate: GuestIsolate, name: string, args: Value[]): Report {
  const { usage: { fuel, memoryBytes }, ...outcome } = isolate.call(name, args, OPTIONS);
  const hash = createHash("sha256");
  for (const memory of isolate.memories()) hash.update(new Uint8Array(memory.buffer));
  return { name, outcome: encode(outcome), fuel, memoryBytes, memory: hash.digest("hex") };
}

if (import.meta.main) console.log(JSON.stringify(reportAll()));
