import * as z from "zod";

/** Most capabilities of a node or of a run. */
export const MOST_CAPABILITIES = 32;

const MOST_CHARACTERS = 32;
const MUST =
  `must be 1 to ${MOST_CHARACTERS} lower-case letters, digits and single dashes between ` +
  "them, such as gpu or mem-8g";

/** A label that a node has and a batch may require. */
export const capabilitySchema: z.ZodType<string, string> = z.string()
  .max(MOST_CHARACTERS, MUST)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, MUST);

/** A set of capabilities: parsed to its canonical form, sorted and without repetitions. */
export const capabilitiesSchema: z.ZodType<string[], string[]> = z.array(capabilitySchema)
  .max(MOST_CAPABILITIES)
  .transform((tags) => [...new Set(tags)].sort());

/** What joins the tags of a class; no tag has it. */
const JOINT = "_";

/** Class of what requires nothing. */
const ANY = "any";

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
  // A single `any` would be taken for no requirement at all.
  if (required.length === 1 && required[0] === ANY) return `${ANY}${JOINT}`;
  return required.length === 0 ? ANY : required.join(JOINT);
}

/** The capabilities that batches of a class require. */
export function requiredBy(capabilityClass: string): string[] {
  if (capabilityClass === ANY) return [];
  return capabilityClass.split(JOINT).filter((tag) => tag !== "");
}

/** Whether a node with these capabilities may execute batches of a class. */
export function serves(capabilities: readonly string[], capabilityClass: string): boolean {
  return requiredBy(capabilityClass).every((tag) => capabilities.includes(tag));
}

/**
 * The classes that a node serves, in the order in which it asks for work: the most specific first, so that
 * rare nodes do rare work before what any node could do. Among equals by name.
 */
export function servedClasses(
  capabilities: readonly string[],
  classes: readonly string[],
): string[] {
  return classes.filter((one) => serves(capabilities, one)).sort((one, other) =>
    requiredBy(other).length - requiredBy(one).length || (one < other ? -1 : Number(one > other))
  );
}
