/** A command whose `_start` has this body; it can write what lies in its memory. */
export function commandModule(body: string, more = ""): string {
  return `(module
    (import "wasi_snapshot_preview1" "fd_read"
      (func $fd_read (param i32 i32 i32 i32) (result i32)))
    (import "wasi_snapshot_preview1" "fd_write"
      (func $fd_write (param i32 i32 i32 i32) (result i32)))
    (import "wasi_snapshot_preview1" "args_get" (func $args_get (param i32 i32) (result i32)))
    (import "wasi_snapshot_preview1" "args_sizes_get"
      (func $args_sizes_get (param i32 i32) (result i32)))
    (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
    (memory (export "memory") 2)
    ${more}
    (func $write (param $to i32) (param $address i32) (param $length i32)
      (i32.store (i32.const 16) (local.get $address))
      (i32.store (i32.const 20) (local.get $length))
      (drop (call $fd_write (local.get $to) (i32.const 16) (i32.const 1) (i32.const 24))))
    (func $read (param $address i32) (param $length i32) (result i32)
      (i32.store (i32.const 16) (local.get $address))
      (i32.store (i32.const 20) (local.get $length))
      (drop (call $fd_read (i32.const 0) (i32.const 16) (i32.const 1) (i32.const 24)))
      (i32.load (i32.const 24)))
    (func (export "_start") ${body}))`;
}

/** Text as a data segment at 1000, and code that writes it. */
export function writing(text: string, to: 1 | 2 = 1, at = 1000): { body: string; more: string } {
  const bytes = new TextEncoder().encode(text);
  const escaped = [...bytes].map((byte) => "\\" + byte.toString(16).padStart(2, "0")).join("");
  return {
    body: `(call $write (i32.const ${to}) (i32.const ${at}) (i32.const ${bytes.length}))`,
    more: `(data (i32.const ${at}) "${escaped}")`,
  };
}

/** A command that answers with its input. */
export const ECHO = commandModule(`
  (call $write (i32.const 1) (i32.const 1000) (call $read (i32.const 1000) (i32.const 60000)))`);
