import * as z from "zod";

/** Most capabilities of a node or of a run. */
export const MOST_CAPABILITIES = 64;

const MOST_CHARACTERS = 32;
const MUST =
  `must be 1 to ${MOST_CHARACTERS} lower-case letters, digits and single dashes between ` +
  "them, such as gpu or mem-8g";

/** A label that a node has and a batch may require. */
export const capabilitySchema: z.ZodType<string, string> = z.string()
  .max(MOST_CHARACTERS, MUST)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, MUST);

/**
 * A set of capabilities, at least one: parsed to its canonical form, sorted and without repetitions. Work
 * that requires nothing in particular requires `cpu`, so that a node which is there for its GPU alone need
 * not take it.
 */
export const capabilitiesSchema: z.ZodType<string[], string[]> = z.array(capabilitySchema)
  .min(1, "must have at least one tag, such as cpu")
  .max(MOST_CAPABILITIES)
  .transform((tags) => [...new Set(tags)].sort());

/** What joins the tags of a class; no tag has it. */
const JOINT = "_";

/** Most characters of a class, which is a token of subjects and names. */
const MOST_CLASS_CHARACTERS = 200;

/** What a run requires: a set whose class is no longer than a class may be. */
export const requirementsSchema: z.ZodType<string[], string[]> = capabilitiesSchema.refine(
  (tags) => classOf(tags).length <= MOST_CLASS_CHARACTERS,
  `must have at most ${MOST_CLASS_CHARACTERS} characters in all`,
);

/** The class of batches that require a set of capabilities: `cpu_gpu`. */
export const capabilityClassSchema: z.ZodType<string, string> = z.string()
  .max(MOST_CLASS_CHARACTERS)
  .refine((name) => {
    const parsed = capabilitiesSchema.safeParse(name.split(JOINT));
    return parsed.success && classOf(parsed.data) === name;
  }, "must be sorted capabilities joined by _, such as cpu_gpu");

/**
 * The class of batches that require these capabilities: one token of a NATS subject, and a name that a
 * consumer can have. The same for the same set, different for different ones.
 *
 * @param required In canonical form.
 *
 * @example
 * ```ts
 * classOf(["cpu", "gpu"]); // "cpu_gpu"
 * ```
 */
export function classOf(required: readonly string[]): string {
  return required.join(JOINT);
}

/** The capabilities that batches of a class require. */
export function requiredBy(capabilityClass: string): string[] {
  return capabilityClass.split(JOINT);
}

/** Whether a node with these capabilities may execute batches of a class. */
export function serves(capabilities: readonly string[], capabilityClass: string): boolean {
  return requiredBy(capabilityClass).every((tag) => capabilities.includes(tag));
}

/**
 * Orders classes as a node asks for their work: the most specific first, so that rare nodes do rare work
 * before what any node could do. Among equals by name.
 */
export function compareClasses(one: string, other: string): number {
  return requiredBy(other).length - requiredBy(one).length ||
    (one < other ? -1 : Number(one > other));
}
