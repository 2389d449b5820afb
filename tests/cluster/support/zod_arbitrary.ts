import fc from "fast-check";
import * as z from "zod";
import { capabilityClassSchema } from "../../../src/cluster/capabilities.ts";

const unknownKey = fc.constantFrom("later", "x-note", "_");

/**
 * Values that a schema of messages accepts, and some that it does not: rules that are functions are left to
 * who asks. Objects that may have other keys have some.
 *
 * @throws {TypeError} for kinds of schemas that no message has yet.
 */
export function arbitraryOf(schema: z.core.$ZodType): fc.Arbitrary<unknown> {
  if (schema === capabilityClassSchema) {
    return fc.constantFrom("cpu", "cpu_gpu", "gpu_mem-8g");
  }
  if (schema instanceof z.ZodString || schema instanceof z.ZodISODateTime) return textOf(schema);
  if (schema instanceof z.ZodNumber) return numberOf(schema);
  if (schema instanceof z.ZodBoolean) return fc.boolean();
  if (schema instanceof z.ZodLiteral) return fc.constantFrom(...schema.def.values);
  if (schema instanceof z.ZodEnum) return fc.constantFrom(...schema.options);
  if (schema instanceof z.ZodOptional) return arbitraryOf(schema.def.innerType);
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
    return arbitraryOf(schema.def.innerType);
  }
  if (schema instanceof z.ZodPipe) return arbitraryOf(schema.def.in);
  if (schema instanceof z.ZodUnion) return fc.oneof(...schema.def.options.map(arbitraryOf));
  if (schema instanceof z.ZodArray) {
    return fc.array(arbitraryOf(schema.def.element), { minLength: 1, maxLength: 4 });
  }
  if (schema instanceof z.ZodObject) return objectOf(schema);
  throw new TypeError(`Cannot make values of a schema of type ${schema._zod.def.type}`);
}

function textOf(schema: z.ZodString | z.ZodISODateTime): fc.Arbitrary<string> {
  if (schema.format === "datetime") {
    const times = { min: new Date(0), max: new Date("9999-12-31"), noInvalidDate: true };
    return fc.date(times).map((date) => date.toISOString());
  }
  for (const { _zod: { def } } of schema.def.checks ?? []) {
    if ("pattern" in def && def.pattern instanceof RegExp) {
      return fc.stringMatching(def.pattern).filter((text) => z.safeParse(schema, text).success);
    }
  }
  return fc.string({ unit: "grapheme", maxLength: 20 });
}

function numberOf({ minValue, maxValue, isInt }: z.ZodNumber): fc.Arbitrary<number> {
  const min = minValue ?? -1e9;
  if (!isInt) return fc.double({ min, max: maxValue ?? 1e9, noNaN: true });
  const max = maxValue ?? Number.MAX_SAFE_INTEGER;
  return fc.oneof(fc.integer({ min, max }), fc.integer({ min, max: Math.min(max, min + 10) }));
}

/** Ranges as their rule wants them, as hardly one of two random numbers is. */
const range = fc.tuple(fc.nat(), fc.integer({ min: 1, max: 100_000 }))
  .map(([start, length]) => ({ start, end: start + length }));

function objectOf(schema: z.ZodObject): fc.Arbitrary<unknown> {
  if (Object.keys(schema.shape).join() === "start,end") return range;
  const entries = Object.entries(schema.shape);
  const mayLack = ([, one]: [string, z.core.$ZodType]) => one._zod.optin === "optional";
  const known = fc.record(
    Object.fromEntries(entries.map(([key, one]) => [key, arbitraryOf(one)])),
    { requiredKeys: entries.filter((entry) => !mayLack(entry)).map(([key]) => key) },
  );
  if (schema.def.catchall instanceof z.ZodNever) return known;
  const others = fc.dictionary(unknownKey, fc.jsonValue({ maxDepth: 1 }), { maxKeys: 1 });
  return fc.tuple(others, known).map(([more, one]) => ({ ...more, ...one }));
}
