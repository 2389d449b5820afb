import { parse } from "@bytecodealliance/jco-transpile/wasm-tools";
import {
  type ComponentValue,
  loadComponent,
  type LoadedComponent,
  type LoadOptions,
  readComponent,
} from "../../../../sandbox/component/mod.ts";
import { PlainStore } from "./plain_store.ts";

/** A component from its text. */
export async function assemble(text: string): Promise<Uint8Array> {
  return new Uint8Array(await parse(text));
}

/** A component that is loaded over a store of its own. */
export interface Loaded {
  component: LoadedComponent;
  store: PlainStore;
  /** Calls an exported function that is in no interface. */
  call(name: string, ...args: ComponentValue[]): ComponentValue | undefined;
}

/** Loads a component that is given as binary. */
export function load(bytes: Uint8Array, options: Partial<LoadOptions> = {}): Loaded {
  const read = readComponent(bytes);
  const store = new PlainStore(read);
  const component = loadComponent(read, store, {
    grants: new Map(),
    mostBytes: 64 * 1024 * 1024,
    ...options,
  });
  return {
    component,
    store,
    call(name, ...args) {
      const target = component.functions.get(name);
      if (target === undefined) throw new Error(`no function ${name}`);
      return component.call(target, args);
    },
  };
}

/** Loads a component from its text. */
export async function loadText(text: string, options?: Partial<LoadOptions>): Promise<Loaded> {
  return load(await assemble(text), options);
}

/** A core memory with an allocator that only goes up, as items of a core module. */
export const ALLOCATOR = `
  (memory (export "memory") 1)
  (global $next (mut i32) (i32.const 1024))
  (func $realloc (export "realloc")
    (param $old i32) (param $oldSize i32) (param $align i32) (param $size i32) (result i32)
    (local $at i32)
    (local.set $at (i32.and
      (i32.add (global.get $next) (i32.sub (local.get $align) (i32.const 1)))
      (i32.sub (i32.const 0) (local.get $align))))
    (global.set $next (i32.add (local.get $at) (local.get $size)))
    (block $room
      (loop $grow
        (br_if $room (i32.le_u (global.get $next) (i32.mul (memory.size) (i32.const 65536))))
        (if (i32.eq (memory.grow (i32.const 16)) (i32.const -1)) (then unreachable))
        (br $grow)))
    (local.get $at))`;

/** The options that lifting and lowering need, for a core instance that has {@linkcode ALLOCATOR}. */
export function options(instance: string): string {
  return `(memory (core memory ${instance} "memory")) (realloc (core func ${instance} "realloc"))`;
}
