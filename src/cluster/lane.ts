import * as z from "zod";
import { capabilityClassSchema } from "./capabilities.ts";

/** Whose work it is: one token of subjects, a part of names of streams and buckets. */
export const tenantSchema: z.ZodType<string, string> = z.string()
  .regex(/^[a-z][a-z0-9-]{0,31}$/, "must be a lower-case word such as team-a");

/** Tenant where nothing else is said. */
export const DEFAULT_TENANT = "default";

/** Of a tenant's own work, what goes first; the first of these before the others. */
export const PRIORITIES = ["high", "normal", "low"] as const;

/** One of {@linkcode PRIORITIES}. */
export type Priority = (typeof PRIORITIES)[number];

/**
 * A queue of batches that are alike to who hands them out. Each has a consumer of its own, which gives them
 * in the order in which they came: whose turn it is, is for the node to choose between lanes.
 */
export interface Lane {
  tenant: string;
  capabilityClass: string;
  priority: Priority;
}

const laneSchema = z.object({
  tenant: tenantSchema,
  capabilityClass: capabilityClassSchema,
  priority: z.enum(PRIORITIES),
});

/** A lane's key in the bucket of lanes: `tenant.class.priority`. */
export function laneKey({ tenant, capabilityClass, priority }: Lane): string {
  return `${tenant}.${capabilityClass}.${priority}`;
}

/** The lane of a key; nothing where it is no lane's. */
export function parseLaneKey(key: string): Lane | undefined {
  const [tenant, capabilityClass, priority, ...others] = key.split(".");
  const parsed = laneSchema.safeParse({ tenant, capabilityClass, priority });
  return parsed.success && others.length === 0 ? parsed.data : undefined;
}

/** Name of the lane's consumer on its tenant's stream of batches. No class holds a double `_`. */
export function consumerOf({ capabilityClass, priority }: Omit<Lane, "tenant">): string {
  return `${capabilityClass}__${priority}`;
}
