import * as z from "zod";
import { limitsSchema } from "../../sandbox/limits.ts";
import { ARMS } from "../evaluate/case_result.ts";
import { MOST_REPETITIONS } from "../evaluate/run_spec.ts";
import { capabilitiesSchema, capabilityClassSchema } from "./capabilities.ts";
import { PRIORITIES, tenantSchema } from "./lane.ts";
import { runNameSchema } from "./run_name.ts";

/** Major version of the messages. A higher one is refused; unknown keys of the same one are ignored. */
export const MESSAGE_VERSION = 1;

/** Lower-case hexadecimal identifiers. */
export const idSchema: z.ZodType<string, string> = z.string()
  .regex(/^[0-9a-f]{16,64}$/, "must be 16 to 64 lower-case hexadecimal digits");

const version = z.literal(MESSAGE_VERSION);
const index = z.int().min(0);
const time = z.iso.datetime();
const unsigned32 = z.int().min(0).max(4_294_967_295);

/** Most steps of a path of shrinks: each is a try at least. */
export const MOST_PATH = 100_000;

const path = z.array(index).max(MOST_PATH);

const batchSchema = z.object({ start: index, end: index }).refine(
  ({ start, end }) => start < end && end - start <= 100_000,
  "must end after its start, and hold at most 100,000 cases",
);

/** What a node is asked to do for a run. */
const jobSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("describe") }),
  z.object({
    kind: z.literal("cases"),
    batch: batchSchema,
  }),
  z.object({
    kind: z.literal("shrink"),
    request: z.object({
      index,
      size: index,
      arm: z.enum(ARMS),
      violation: z.object({
        kind: z.enum(["property", "relation", "failure"]),
        name: z.string(),
      }),
      isRegression: z.boolean(),
      tries: index,
      fuel: index,
    }),
  }),
  z.object({
    kind: z.literal("examine"),
    cases: z.array(z.object({ index, path })).max(10_000),
  }),
]);

/** What a node is asked to do for a run. */
export type ClusterJob = z.infer<typeof jobSchema>;

/** Most epochs: more than any run has. */
const MOST_EPOCH = 2 ** 52;

/** A batch as it is published. */
export const batchMessageSchema = z.object({
  v: version,
  id: idSchema,
  tenant: tenantSchema,
  run: idSchema,
  /** Capabilities that it requires, as the name of their class; and what goes before what. */
  capabilityClass: capabilityClassSchema,
  priority: z.enum(PRIORITIES),
  /** Counts from 0; a batch that was lost is published again under the next one. */
  epoch: index.max(MOST_EPOCH),
  job: jobSchema,
  createdAt: time,
});

/** A batch as it is published. */
export type BatchMessage = z.infer<typeof batchMessageSchema>;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** Most parts of a result. */
const MOST_PARTS = 1_000_000;

/** A result as it is published: of a job, what a `Dispatcher` gives for it as text of the value codec. */
export const resultMessageSchema = z.object({
  v: version,
  id: idSchema,
  run: idSchema,
  epoch: index,
  /** How often the batch was delivered before: 0 for the first time. */
  attempt: index,
  /** Who executed it: the fingerprint of the node's key, by which the message is signed. */
  node: idSchema,
  /** Milliseconds that it took the node. */
  wallMs: z.number().min(0),
  outcome: z.union([
    z.object({ ok: z.literal(true), value: z.string() }),
    /** A value that is too long for one message: in so many parts, by the SHA-256 of it all. */
    z.object({ ok: z.literal(true), parts: z.int().min(1).max(MOST_PARTS), sha256 }),
    z.object({
      ok: z.literal(false),
      error: z.object({
        code: z.enum(["bad-input", "internal"]),
        message: z.string().max(20_000),
      }),
    }),
  ]),
});

/** A result as it is published. */
export type ResultMessage = z.infer<typeof resultMessageSchema>;

const artifactName = z.string().max(255);

const artifactReference = z.object({
  name: artifactName,
  sha256,
  /** Name of the object that holds it: the SHA-256 of its bytes. */
  object: sha256,
});

/** Where an artifact is to be had. */
export type ArtifactReference = z.infer<typeof artifactReference>;

/** A run as nodes read it: closed, as a `RunSpec` is, with its artifacts by their hashes. */
export const runManifestSchema = z.object({
  v: version,
  /** A hash of the tenant, the name and all that decides the results. */
  run: idSchema,
  /** What the run is called. */
  name: runNameSchema,
  requires: capabilitiesSchema,
  /** Counts the controllers that have had the run, from 0; only the last one may change it. */
  term: index,
  /** A random word of the controller that has it. */
  owner: idSchema,
  n: z.int().min(1),
  seed: unsigned32,
  repetitions: z.int().min(1).max(MOST_REPETITIONS),
  limits: limitsSchema,
  artifacts: z.object({
    task: artifactReference,
    baseline: artifactReference,
    candidate: artifactReference,
  }),
  createdAt: time,
});

/** A run as nodes read it. */
export type RunManifest = z.infer<typeof runManifestSchema>;

const letterOriginSchema = z.object({
  /** What people call the run. */
  name: runNameSchema,
  /** The run's seed: with it, its cases can be run elsewhere. */
  seed: unsigned32,
  task: artifactName,
  baseline: artifactName,
  candidate: artifactName,
});

/** What people know a run by: its name, and the names of its files. */
export type LetterOrigin = z.infer<typeof letterOriginSchema>;

/** A batch that was given up, as it is kept. */
export const deadLetterSchema = z.object({
  v: version,
  batch: batchMessageSchema,
  /** The run that it is of; left out where the node could not read the run's manifest. */
  of: letterOriginSchema.optional(),
  /** How often it was delivered without an end. */
  deliveries: index,
  /** The node that gave it up. */
  node: idSchema,
  createdAt: time,
});

/** A batch that was given up, as it is kept. */
export type DeadLetter = z.infer<typeof deadLetterSchema>;
