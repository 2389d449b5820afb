import * as fc from "fast-check";
import { expect, test } from "vitest";
import { flattenFunction } from "../../../../sandbox/component/abi/flatten.ts";
import type { FunctionType, HostInterface, ValueType } from "../../../../sandbox/component/mod.ts";
import { ALLOCATOR, assemble, load } from "../support/wat.ts";
import { types, values, wat } from "../support/types.ts";

const encodings = ["utf8", "utf16", "latin1+utf16"] as const;

/** A component whose `id` hands what it is given on to the host's `id`, and gives what that gives. */
function identityText(type: FunctionType, value: ValueType, encoding: string): string {
  const lifted = flattenFunction(type, "lift");
  const lowered = flattenFunction(type, "lower");
  const params = lifted.params.map((one) => `(param ${one})`).join(" ");
  const given = lowered.params.map((one) => `(param ${one})`).join(" ");
  const result = lifted.results.map((one) => `(result ${one})`).join(" ");
  const lowResult = lowered.results.map((one) => `(result ${one})`).join(" ");
  const args = lifted.params.map((_, at) => `(local.get ${at})`).join(" ");
  const signature = `(param "v" ${wat(value)}) (param "k" u8) (result ${wat(value)})`;
  const options = `(memory (core memory $lib "memory")) (realloc (core func $lib "realloc"))
    string-encoding=${encoding}`;
  return `(component
    (import "test:test/host" (instance $host (export "id" (func ${signature}))))
    (core module $lib (; the allocator ;) ${ALLOCATOR})
    (core instance $lib (instantiate $lib))
    (core func $id (canon lower (func $host "id") ${options}))
    (core module $m
      (import "host" "id" (func $id ${given} ${lowResult}))
      (memory (export "unused") 1)
      (func (export "id") ${params} ${result}
        ${
    lifted.resultInMemory
      ? `(call $id ${args} (i32.const 512)) (i32.const 512)`
      : `(call $id ${args})`
  }))
    (core instance $m (instantiate $m (with "host" (instance (export "id" (func $id))))))
    (func (export "id") ${signature} (canon lift (core func $m "id") ${options}))
  )`;
}

/** The host's result lies at a fixed place of this size in the allocator's memory. */
const ROOM = 512;

test("values of every type come back as they went in", async () => {
  const cases = fc.sample(
    types.chain((type) =>
      fc.tuple(fc.constant(type), fc.array(values(type), { minLength: 1, maxLength: 4 }))
    ),
    { numRuns: 250, seed: 7 },
  );
  let tried = 0;
  for (const [at, [value, samples]] of cases.entries()) {
    const type: FunctionType = {
      params: [{ name: "v", type: value }, { name: "k", type: { kind: "u8" } }],
      result: value,
    };
    const seen: unknown[] = [];
    const host: HostInterface = {
      name: "test:test/host",
      version: "1.0.0",
      resources: new Map(),
      functions: new Map([["id", { type, call: (v) => (seen.push(v), v) }]]),
    };
    const { layoutOf } = await import("../../../../sandbox/component/abi/layout.ts");
    if (layoutOf(value).size > ROOM) continue;
    const text = identityText(type, value, encodings[at % 3] ?? "utf8")
      .replace(/test:test\/host/, "test:test/host@1.0.0");
    const { call } = load(await assemble(text), { grants: new Map([["test:test/host", host]]) });
    for (const sample of samples) {
      expect(call("id", sample, 7)).toEqual(sample);
      expect(seen.pop()).toEqual(sample);
      tried++;
    }
  }
  expect(tried).toBeGreaterThan(400);
});
