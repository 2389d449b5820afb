import type * as z from "zod";
import { digest } from "../evaluate/digest.ts";
import { DIGITS } from "./job_id.ts";
import { runManifestSchema } from "./messages.ts";

const identitySchema = runManifestSchema.pick({
  name: true,
  requires: true,
  n: true,
  seed: true,
  repetitions: true,
  limits: true,
  artifacts: true,
});

/** What a run is called, and all that decides its results. */
export type RunIdentity = z.infer<typeof identitySchema>;

/**
 * The id of a run: a hash of its tenant, its name and what decides its results. So a manifest can be held to
 * the id under which it is found: another one in its place is not that run.
 */
export function runId(tenant: string, identity: RunIdentity): string {
  // Parsed, as the order of keys counts, and what a later version added does not.
  const { name, requires, n, seed, repetitions, limits, artifacts } = identitySchema.parse(
    identity,
  );
  const parts = [tenant, name, requires, n, seed, repetitions, limits, artifacts];
  return digest(JSON.stringify(parts)).slice(0, DIGITS);
}
