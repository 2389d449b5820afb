import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { FunctionType, ResourceType, ValueType } from "../../../../sandbox/component/types.ts";
import { GRANTED_INTERFACES, wasiInterfaces } from "../../../../sandbox/component/wasi/mod.ts";
import { World } from "../../../../sandbox/world/world.ts";
import { functionText, parseWit } from "./wit.ts";

const FOLDER = join(import.meta.dirname ?? "", "../../../fixtures/wit/wasi");
const official = parseWit(
  ["io", "clocks", "random", "filesystem", "cli"].map((name) =>
    readFileSync(join(FOLDER, `${name}.wit`), "utf8")
  ),
);
/** It is what a component exports. */
official.delete("wasi:cli/run");

const refuse = () => {
  throw new Error("nothing is called here");
};
const ours = wasiInterfaces(new World({ outputBytes: 0 }), {
  spend: refuse,
  stopForMemory: refuse,
  exit: refuse,
});

/** Where WIT defines what our resource types stand for. */
const labels = new Map<ResourceType, string>();
for (const { resources } of official.values()) {
  for (const label of resources.values()) {
    const [definer = "", name = ""] = label.split("#");
    const type = ours.get(definer)?.resources.get(name)?.type;
    if (type !== undefined) labels.set(type, label);
  }
}

function functionOf({ params, result }: FunctionType): string {
  return functionText(
    params.map(({ name, type }) => [name, textOf(type)]),
    result === null ? "nothing" : textOf(result),
  );
}

function textOf(type: ValueType | null): string {
  if (type === null) return "_";
  const of = (...types: (ValueType | null)[]) => `${type.kind}<${types.map(textOf).join(", ")}>`;
  const block = (parts: string[]) => `${type.kind} { ${parts.join(", ")} }`;
  switch (type.kind) {
    case "list":
      return of(type.element);
    case "tuple":
      return of(...type.items);
    case "option":
      return of(type.some);
    case "result":
      return of(type.ok, type.err);
    case "own":
    case "borrow":
      return `${type.kind}<${labels.get(type.resource)}>`;
    case "record":
      return block(type.fields.map(({ name, type }) => `${name}: ${textOf(type)}`));
    case "variant":
      return block(type.cases.map(({ name, type }) => type ? `${name}(${textOf(type)})` : name));
    case "enum":
    case "flags":
      return block([...type.names]);
    default:
      return type.kind;
  }
}

test("the official texts are read", () => {
  const streams = official.get("wasi:io/streams");
  expect(streams?.functions.get("[method]output-stream.splice")).toBe(
    "(self: borrow<wasi:io/streams#output-stream>, src: borrow<wasi:io/streams#input-stream>, len: u64)" +
      " -> result<u64, variant { last-operation-failed(own<wasi:io/error#error>), closed }>",
  );
  expect(official.size).toBe(20);
  expect([...official.values()].reduce((sum, it) => sum + it.functions.size, 0)).toBe(71);
});

test("all interfaces of the packages are granted, and no other", () => {
  const names = [...official.keys()].sort();
  expect([...ours.keys()].sort()).toEqual(names);
  expect(GRANTED_INTERFACES.map(({ name }) => name).sort()).toEqual(names);
  for (const { name, version } of GRANTED_INTERFACES) {
    expect(ours.get(name)).toMatchObject({ name, version });
  }
});

test("no two resources are one", () => {
  expect(new Set(labels.values()).size).toBe(8);
  expect(labels.size).toBe(8);
});

describe("is declared as WASI does:", () => {
  test.each([...official])("%s", (name, { functions, resources }) => {
    const declared = [...ours.get(name)?.functions ?? []];
    expect(Object.fromEntries(declared.map(([name, { type }]) => [name, functionOf(type)])))
      .toEqual(Object.fromEntries(functions));
    const named = [...ours.get(name)?.resources ?? []];
    expect(Object.fromEntries(named.map(([name, { type }]) => [name, labels.get(type)])))
      .toEqual(Object.fromEntries(resources));
  });
});
