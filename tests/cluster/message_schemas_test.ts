import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { jsonSchemaOf, PUBLISHED_MESSAGES } from "../../src/cluster/message_schemas.ts";
import { MESSAGE_VERSION } from "../../src/cluster/messages.ts";
import { ROOT } from "../house/sources.ts";
import { arbitraryOf } from "./support/zod_arbitrary.ts";

const FOLDER = join(ROOT, "docs", "schema");

/** Schemas that leave keys out on purpose: what is unknown of them is refused. */
const CLOSED = [["run-manifest.json", "limits"]];

function read(file: string): unknown {
  return JSON.parse(readFileSync(join(FOLDER, file), "utf8"));
}

/** Compiled in strict mode: a keyword that is misspelt or has no effect is an error. */
function validator(file: string): ValidateFunction {
  // The pattern beside it says all that the format does.
  const ajv = new Ajv2020({ strict: true, strictTypes: false, formats: { "date-time": true } });
  return ajv.compile(z.record(z.string(), z.unknown()).parse(read(file)));
}

/** Every object in a schema, with the path to it. */
function* objectsOf(schema: unknown, path: string[] = []): Generator<[string[], object]> {
  if (typeof schema !== "object" || schema === null) return;
  if ("type" in schema && schema.type === "object") yield [path, schema];
  for (const [key, value] of Object.entries(schema)) yield* objectsOf(value, [...path, key]);
}

test("the files are what the code says: else run tests/docs/renew_schemas.ts", () => {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith(".json"));
  expect(files).toEqual(PUBLISHED_MESSAGES.map(({ file }) => file).sort());
  for (const message of PUBLISHED_MESSAGES) {
    expect(readFileSync(join(FOLDER, message.file), "utf8"))
      .toBe(`${JSON.stringify(jsonSchemaOf(message), null, 2)}\n`);
  }
});

describe.each(PUBLISHED_MESSAGES)("$file", (message) => {
  const { file, schema } = message;
  const validate = validator(file);
  const values = arbitraryOf(schema);
  const accepted = values.filter((value) => schema.safeParse(value).success);

  test("has an id without a host, a title, and says where the message stands", () => {
    expect(read(file)).toMatchObject({
      $schema: "https://json-schema.org/draft/2020-12/schema",
      $id: file,
      title: message.title,
      description: expect.stringMatching(/ (On subject|In key-value bucket) PREFIX[._]/),
    });
  });

  test("permits keys that it does not know, where the code ignores them", () => {
    const closed = [...objectsOf(read(file))]
      .filter(([, one]) => "additionalProperties" in one)
      .map(([path]) => [file, path.at(-1)]);
    expect(closed).toEqual(CLOSED.filter(([name]) => name === file));
  });

  test("takes every message that the code takes", () => {
    fc.assert(fc.property(accepted, (value) => {
      expect({ value, valid: validate(value), errors: validate.errors })
        .toEqual({ value, valid: true, errors: null });
    }));
  });

  test("takes no other, but for the rules that it has in words", () => {
    const ruled = JSON.stringify(read(file)).includes(`"description":"Must `);
    fc.assert(fc.property(accepted, fc.nat(), fc.jsonValue({ maxDepth: 1 }), (value, at, other) => {
      const broken = changed(value, at, other);
      const taken = schema.safeParse(broken).success;
      // What the code takes, the file takes; what the file takes, the code may refuse by a rule.
      if (taken || !ruled) {
        expect({ broken, valid: validate(broken) }).toEqual({ broken, valid: taken });
      }
    }));
  });

  test("knows its version only", () => {
    fc.assert(fc.property(accepted, (value) => {
      const later = { ...z.looseObject({}).parse(value), v: MESSAGE_VERSION + 1 };
      expect([validate(later), schema.safeParse(later).success]).toEqual([false, false]);
    }));
  });
});

/** A message with one of its values, wherever it stands, replaced or left out. */
function changed(value: unknown, at: number, other: unknown): unknown {
  const copy: unknown = JSON.parse(JSON.stringify(value));
  const places: { within: Record<string, unknown>; key: string }[] = [];
  const visit = (one: unknown) => {
    if (typeof one !== "object" || one === null) return;
    for (const key of Object.keys(one)) {
      const within = one as Record<string, unknown>;
      places.push({ within, key });
      visit(within[key]);
    }
  };
  visit(copy);
  const place = places[at % places.length];
  if (place === undefined) return copy;
  if (other === null && !Array.isArray(place.within)) delete place.within[place.key];
  else place.within[place.key] = other;
  return copy;
}
