import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  capabilitiesSchema,
  capabilityClassSchema,
  classOf,
  compareClasses,
  requiredBy,
  serves,
} from "../../src/cluster/capabilities.ts";

const tag = fc.stringMatching(/^[a-z0-9]{1,6}(-[a-z0-9]{1,6}){0,2}$/);
const tags = fc.uniqueArray(fc.oneof(fc.constantFrom("cpu", "gpu", "wasm"), tag), {
  minLength: 1,
  maxLength: 6,
}).map((all) => capabilitiesSchema.parse(all));

describe("capabilities", () => {
  test("have one canonical form", () => {
    expect(capabilitiesSchema.parse(["gpu", "cpu", "gpu"])).toEqual(["cpu", "gpu"]);
    expect(capabilitiesSchema.safeParse([]).success).toBe(false);
  });

  test.each(["GPU", "", "a_b", "a.b", "a b", "*", ">", "-a", "a-", "a--b", "ä", "x".repeat(33)])(
    "%j is none",
    (malformed) => {
      expect(capabilitiesSchema.safeParse([malformed]).error?.issues[0]?.message)
        .toContain("lower-case letters");
    },
  );
});

describe("a class", () => {
  test("is one token of a subject, and tells what it requires", () => {
    fc.assert(fc.property(tags, (required) => {
      const name = classOf(required);
      expect(name).toMatch(/^[a-z0-9_-]+$/);
      expect(requiredBy(name)).toEqual(required);
      expect(capabilityClassSchema.parse(name)).toBe(name);
    }));
  });

  test("is served by exactly the nodes that have all that it requires", () => {
    fc.assert(fc.property(tags, tags, (has, required) => {
      const hasAll = required.every((one) => has.includes(one));
      expect(serves(has, classOf(required))).toBe(hasAll);
    }));
  });

  test.each(["", "gpu_cpu", "cpu_cpu", "cpu__gpu", "_cpu", "CPU"])("%j is none", (name) => {
    expect(capabilityClassSchema.safeParse(name).success).toBe(false);
  });

  test("that requires more comes first", () => {
    const classes = [["cpu"], ["cpu", "gpu"], ["wasm"], ["gpu"]].map(classOf);
    expect(classes.sort(compareClasses)).toEqual(["cpu_gpu", "cpu", "gpu", "wasm"]);
  });
});
