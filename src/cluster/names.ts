import * as z from "zod";

/** The prefix of all names of one cluster, safe in subjects and in names of streams and buckets. */
export const prefixSchema: z.ZodType<string, string> = z.string()
  .regex(/^[a-z][a-z0-9-]{0,31}$/, "must be a lower-case word such as cupel or team-a");

/** Prefix where nothing else is said. */
export const DEFAULT_PREFIX = "cupel";

/** Names of one cluster's subjects, streams and buckets: see docs/cluster.md. */
export interface ClusterNames {
  batchStream: string;
  resultStream: string;
  /** Subject of a batch. */
  batch(capabilityClass: string, run: string, batch: string): string;
  /** Subjects of all batches, of all of a class, or of a run in every class. */
  batches(only?: { capabilityClass?: string; run?: string }): string;
  /** Subject of a result. */
  result(run: string, batch: string): string;
  /** Subjects of all results, or of those of a run. */
  results(run?: string): string;
  deadStream: string;
  /** Subject of a batch that was given up; all of them without its names. */
  dead(run?: string, batch?: string): string;
  classes: string;
  nodes: string;
  runs: string;
  artifacts: string;
}

/** Names under a prefix. */
export function clusterNames(prefix: string = DEFAULT_PREFIX): ClusterNames {
  return {
    batchStream: `${prefix}_batches`,
    resultStream: `${prefix}_results`,
    batch: (capabilityClass, run, batch) => `${prefix}.batch.${capabilityClass}.${run}.${batch}`,
    batches: ({ capabilityClass = "*", run = "*" } = {}) =>
      `${prefix}.batch.${capabilityClass}.${run}.*`,
    result: (run, batch) => `${prefix}.result.${run}.${batch}`,
    results: (run = "*") => `${prefix}.result.${run}.*`,
    deadStream: `${prefix}_dead`,
    dead: (run = "*", batch = "*") => `${prefix}.dead.${run}.${batch}`,
    classes: `${prefix}_classes`,
    nodes: `${prefix}_nodes`,
    runs: `${prefix}_runs`,
    artifacts: `${prefix}_artifacts`,
  };
}
