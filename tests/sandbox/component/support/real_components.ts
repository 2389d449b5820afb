import { componentEmbed, componentNew } from "@bytecodealliance/jco-transpile/wasm-tools";
import loadWabt from "wabt";
import { ALLOCATOR, assemble } from "./wat.ts";

const WORLD = `
  package cupel:test@1.2.0;
  interface shapes {
    enum colour { red, green }
    flags marks { a, b, c }
    record point { x: f64, y: option<f32>, colour: colour }
    variant shape { dot(point), path(list<point>), nothing }
    resource canvas {
      constructor(size: u32);
      draw: func(shape: shape, marks: marks) -> result<u64, string>;
      merge: static func(a: canvas, b: borrow<canvas>) -> canvas;
    }
    describe: func(canvas: borrow<canvas>, names: list<tuple<string, char>>) -> string;
  }
  interface top { use shapes.{point}; top-k: func(points: list<point>, k: u32) -> list<point>; }
  world guest {
    import shapes;
    import log: func(text: string);
    export top;
    export hello: func(name: string) -> result<string, string>;
  }`;

const CORE = `(module
  (import "cupel:test/shapes@1.2.0" "[constructor]canvas" (func $new (param i32) (result i32)))
  (import "cupel:test/shapes@1.2.0" "[resource-drop]canvas" (func $drop (param i32)))
  (import "cupel:test/shapes@1.2.0" "describe" (func $describe (param i32 i32 i32 i32)))
  (import "$root" "log" (func $log (param i32 i32)))
  ${ALLOCATOR.replace('"realloc"', '"cabi_realloc"')}
  (func (export "cupel:test/top@1.2.0#top-k") (param i32 i32 i32) (result i32)
    (i32.store (i32.const 16) (local.get 0)) (i32.store (i32.const 20) (local.get 2))
    (i32.const 16))
  (func (export "cabi_post_cupel:test/top@1.2.0#top-k") (param i32))
  (func (export "hello") (param i32 i32) (result i32) (local $c i32)
    (call $log (local.get 0) (local.get 1))
    (local.set $c (call $new (i32.const 3)))
    (i32.store (i32.const 16) (i32.const 0))
    (call $describe (local.get $c) (i32.const 0) (i32.const 0) (i32.const 20))
    (call $drop (local.get $c))
    (i32.const 16)))`;

/** A component as tools make it of a core module and a world in WIT, with imports that need a memory. */
export async function toolMade(): Promise<Uint8Array> {
  const wabt = await loadWabt();
  const module = wabt.parseWat("core.wat", CORE);
  const { buffer } = module.toBinary({});
  module.destroy();
  const binary = await componentEmbed({
    binary: buffer,
    witSource: WORLD,
    world: "guest",
    stringEncoding: "utf8",
  });
  return new Uint8Array(await componentNew(binary));
}

/** A hand-written component with all kinds of sections. */
export function handMade(): Promise<Uint8Array> {
  return assemble(`(component
    (core type (module (import "a" "b" (func (param i32))) (export "m" (memory 1))))
    (type $callback (func (param "x" (list string)) (result (result u8 (error string)))))
    (import "a:b/c@0.1.0" (instance $i
      (export "r" (type $r (sub resource)))
      (type $e (enum "x" "y")) (export "e" (type $e2 (eq $e)))
      (export "f" (func (param "r" (borrow $r)) (param "e" $e2)))))
    (alias export $i "r" (type $r))
    (component $inner
      (import "t" (type $t (sub resource)))
      (type $own (own $t))
      (type $w (component (import "x" (func)) (export "y" (instance (export "z" (func))))))
      (core module $m ${ALLOCATOR} (func (export "f") (param i32) (result i32) (local.get 0)))
      (core instance $m (instantiate $m))
      (func (export "f") (param "x" $own) (result $own) (canon lift (core func $m "f"))))
    (instance $n (instantiate $inner (with "t" (type $r))))
    (core func $f (canon lower (func $i "f")))
    (core func $drop (canon resource.drop $r))
    (core instance $bundle (export "f" (func $f)) (export "drop" (func $drop)))
    (core module $user (import "" "f" (func (param i32 i32))) (import "" "drop" (func (param i32))))
    (core instance (instantiate $user (with "" (instance $bundle))))
    (instance $out (export "f" (func $n "f")) (export "c" (component $inner)))
    (export "a:b/out@0.1.0" (instance $out)))`);
}
