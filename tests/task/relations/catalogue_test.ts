import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { RELATION_KINDS } from "../../../src/task/relations/catalogue.ts";
import * as library from "../../../src/task/relations/mod.ts";
import { ROOT } from "../../house/sources.ts";

const functions: Record<string, unknown> = { ...library };
const page = readFileSync(join(ROOT, "docs/relations.md"), "utf8");

test("the catalogue has every relation of the library, and no other", () => {
  expect(RELATION_KINDS.map(({ name }) => name).sort()).toEqual(Object.keys(functions).sort());
});

describe.each(RELATION_KINDS)("$name", ({ name, signature, says, use, avoid, example }) => {
  test("is called as its signature and its example say", () => {
    expect(functions[name]).toBeTypeOf("function");
    expect(signature.startsWith(`${name}(`)).toBe(true);
    expect(example).toMatch(new RegExp(`^"[^"]+": ${name}\\(.*\\),$`));
  });

  test("docs/relations.md says the same of it", () => {
    for (const text of [`### ${name}`, signature, says, use, avoid, example]) {
      expect(page).toContain(text);
    }
  });
});

test("the examples are valid code that makes relations", () => {
  const names = Object.keys(functions);
  for (const { name, example } of RELATION_KINDS) {
    // The annotations of parameters are TypeScript's.
    const code = `({ ${example.replace("(output: string)", "(output)")} })`;
    const make = new Function(...names, `return ${code};`);
    const [relation] = Object.values(make(...names.map((each) => functions[each])));
    expect(relation, name).toMatchObject({ weight: 1, category: expect.any(String) });
  }
});
