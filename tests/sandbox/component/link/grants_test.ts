import { describe, expect, test } from "vitest";
import { areCompatible } from "../../../../sandbox/component/link/interface_name.ts";
import {
  checkGrants,
  ComponentLoadError,
  type FunctionType,
  type HostInterface,
  loadComponent,
  readComponent,
} from "../../../../sandbox/component/mod.ts";
import { PlainStore } from "../support/plain_store.ts";
import { assemble } from "../support/wat.ts";

const u32 = { kind: "u32" } as const;
const type: FunctionType = { params: [{ name: "x", type: u32 }], result: u32 };

function host(name: string, version: string, functions: [string, FunctionType][]): HostInterface {
  return {
    name,
    version,
    resources: new Map(),
    functions: new Map(functions.map(([name, type]) => [name, { type, call: () => 1 }])),
  };
}

async function refusals(text: string, ...interfaces: HostInterface[]): Promise<readonly string[]> {
  const component = readComponent(await assemble(text));
  const grants = new Map(interfaces.map((one) => [one.name, one]));
  const store = new PlainStore(component);
  try {
    loadComponent(component, store, { grants, mostBytes: 1e6 });
  } catch (error) {
    if (!(error instanceof ComponentLoadError)) throw error;
    expect(store.instances).toBe(0);
    expect(() => checkGrants(component, grants)).toThrow(error.message);
    return error.reasons;
  }
  return [];
}

const STARTS = `(core module $m (func $f unreachable) (start $f))`;

describe("imports that are not granted", () => {
  test("are all named, before anything runs", async () => {
    const text = `(component ${STARTS} (core instance (instantiate $m))
      (import "wasi:sockets/tcp@0.2.3" (instance))
      (import "wasi:http/handler@0.2.3" (instance (export "handle" (func))))
      (import "free" (func)))`;
    expect(await refusals(text)).toEqual([
      "imports wasi:sockets/tcp@0.2.3, which is not granted",
      "imports wasi:http/handler@0.2.3, which is not granted",
      "imports free, which is not granted",
    ]);
  });

  test("are functions that an interface does not have, and types that differ", async () => {
    const text = `(component
      (import "a:b/c@0.2.3" (instance (export "f" (func (param "y" u32) (result u32)))))
      (import "a:b/d@0.2.3" (instance (export "g" (func (param "x" string) (result u32)))))
      (import "a:b/e@0.2.3" (instance (export "h" (func)))))`;
    expect(
      await refusals(
        text,
        host("a:b/c", "0.2.0", [["f", type]]),
        host("a:b/d", "0.2.0", [["g", type]]),
        host("a:b/e", "0.2.0", []),
      ),
    ).toEqual([
      "imports a:b/d@0.2.3 g as func(x: string) -> u32, where func(x: u32) -> u32 is granted",
      "imports a:b/e@0.2.3 h, which is not granted",
    ]);
  });

  test("are not interfaces of types alone: who takes types by `use` asks nothing of the host", async () => {
    const types = (more: string) =>
      `(component
        (type $t (instance (type (record (field "a" u32))) (export "r" (type (eq 0))) ${more}))
        (import "me:weather/types@9.0.0" (instance $i (type $t)))
        (alias export $i "r" (type $r))
        (import "wall" (type (eq $r))))`;
    expect(await refusals(types(""))).toEqual([]);
    expect(readComponent(await assemble(types(""))).imports).toEqual([]);
    for (const more of [`(export "s" (type (sub resource)))`, `(export "f" (func))`]) {
      expect(await refusals(types(more))).toEqual([
        "imports me:weather/types@9.0.0, which is not granted",
      ]);
    }
  });

  test("are told with their names made harmless and short", async () => {
    const name = `\\1b[2J\\e2\\80\\ae${"x".repeat(980)}`;
    const [reason = ""] = await refusals(`(component (import "${name}" (func)))`);
    expect(reason).toMatch(/^imports \\u\{1b\}\[2J\\u\{202e\}x+…$/);
    expect(reason.length).toBeLessThan(600);
  });

  test("are interfaces of an incompatible version", async () => {
    const text = `(component (import "a:b/c@0.3.0" (instance)))`;
    expect(await refusals(text, host("a:b/c", "0.2.0", []))).toEqual([
      "imports a:b/c@0.3.0, which is not compatible with the version 0.2.0 that is granted",
    ]);
  });

  test("are resources that are other ones", async () => {
    const text = `(component
      (import "a:b/c@0.2.3" (instance $c (export "r" (type (sub resource)))))
      (alias export $c "r" (type $r))
      (import "a:b/d@0.2.3" (instance (alias outer 1 $r (type $r)) (export "r" (type (eq $r)))
        (export "f" (func (param "x" (own $r)))))))`;
    const own = (resource: { name: string }): FunctionType => ({
      params: [{ name: "x", type: { kind: "own", resource } }],
      result: null,
    });
    const r = { name: "r" };
    const c = { ...host("a:b/c", "0.2.0", []), resources: new Map([["r", { type: r }]]) };
    expect(await refusals(text, c, host("a:b/d", "0.2.0", [["f", own(r)]]))).toEqual([]);
    expect(await refusals(text, c, host("a:b/d", "0.2.0", [["f", own({ name: "r" })]]))).toEqual([
      "imports a:b/d@0.2.3 f as func(x: r), where func(x: r) is granted",
    ]);
  });
});

test("versions are compatible as semver has it", () => {
  const compatible = [["0.2.0", "0.2.9"], ["1.2.3", "1.0.0"], [null, null], ["1.0.0+a", "1.0.1"]];
  const not = [["0.2.0", "0.3.0"], ["1.0.0", "2.0.0"], ["0.0.1", "0.0.2"], [null, "1.0.0"], [
    "1.0.0-rc.1",
    "1.0.0",
  ], ["x", "1.0.0"]];
  for (const [one = null, other = null] of compatible) expect(areCompatible(one, other)).toBe(true);
  for (const [one = null, other = null] of not) expect(areCompatible(one, other)).toBe(false);
});
