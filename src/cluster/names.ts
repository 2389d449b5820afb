import * as z from "zod";
import type { Lane } from "./lane.ts";

/** The prefix of all names of one cluster, safe in subjects and in names of streams and buckets. */
export const prefixSchema: z.ZodType<string, string> = z.string()
  .regex(/^[a-z][a-z0-9-]{0,31}$/, "must be a lower-case word such as cupel or team-a");

/** Prefix where nothing else is said. */
export const DEFAULT_PREFIX = "cupel";

/** Names that all of a cluster share: see docs/cluster.md. */
export interface ClusterNames {
  readonly prefix: string;
  /** Bucket of the lanes that were ever used, by {@linkcode laneKey}. */
  lanes: string;
  /** Bucket of the nodes that live, by name. */
  nodes: string;
  /** Subjects of all batches of a class, of one tenant or of all: `tenant` is `*` for all. */
  batches(tenant: string, capabilityClass: string): string;
  /** Subject on which a node that is busy says that there is more work of a class. */
  wake(tenant: string, capabilityClass: string): string;
}

/** Names under a prefix. */
export function clusterNames(prefix: string = DEFAULT_PREFIX): ClusterNames {
  return {
    prefix,
    lanes: `${prefix}_lanes`,
    nodes: `${prefix}_nodes`,
    batches: (tenant, capabilityClass) => `${prefix}.batch.${tenant}.${capabilityClass}.*.*.*`,
    wake: (tenant, capabilityClass) => `${prefix}.wake.${tenant}.${capabilityClass}`,
  };
}

/** Names of what belongs to one tenant of a cluster; who may use them may see that tenant's work only. */
export interface TenantNames {
  readonly tenant: string;
  /** Work-queue stream of batches. */
  batchStream: string;
  resultStream: string;
  /** Stream of batches that were given up. */
  deadStream: string;
  /** Bucket of runs' manifests, by run. */
  runs: string;
  /** Object store of artifacts, by SHA-256. */
  artifacts: string;
  /** Subject of a batch. */
  batch(lane: Pick<Lane, "capabilityClass" | "priority">, run: string, batch: string): string;
  /** Subjects of all batches of the tenant, of a lane, of a run. */
  batches(
    only?: { capabilityClass?: string; priority?: string; run?: string },
  ): string;
  /** Subject of a result. */
  result(run: string, batch: string): string;
  /** Subjects of all results of a run. */
  results(run: string): string;
  /** Subject of a part of a result that is too long for one message. */
  resultPart(part: { run: string; batch: string; sha256: string; at: number }): string;
  /** Subjects of all results of the tenant and their parts, or of those of a run. */
  resultsAndParts(run?: string): string;
  /** Subject of a batch that was given up. */
  dead(run: string, batch: string): string;
  /** Subjects of all that were given up, or of those of a run. */
  deads(run?: string): string;
}

/** Names of a tenant's own under a prefix. */
export function tenantNames(prefix: string, tenant: string): TenantNames {
  const stream = (what: string) => `${prefix}_${what}_${tenant}`;
  return {
    tenant,
    batchStream: stream("batches"),
    resultStream: stream("results"),
    deadStream: stream("dead"),
    runs: stream("runs"),
    artifacts: stream("artifacts"),
    batch: ({ capabilityClass, priority }, run, batch) =>
      `${prefix}.batch.${tenant}.${capabilityClass}.${priority}.${run}.${batch}`,
    batches: ({ capabilityClass = "*", priority = "*", run = "*" } = {}) =>
      `${prefix}.batch.${tenant}.${capabilityClass}.${priority}.${run}.*`,
    result: (run, batch) => `${prefix}.result.${tenant}.${run}.${batch}`,
    results: (run) => `${prefix}.result.${tenant}.${run}.*`,
    resultPart: ({ run, batch, sha256, at }) =>
      `${prefix}.result.${tenant}.${run}.${batch}.${sha256}.${at}`,
    resultsAndParts: (run = "*") => `${prefix}.result.${tenant}.${run}.>`,
    dead: (run, batch) => `${prefix}.dead.${tenant}.${run}.${batch}`,
    deads: (run = "*") => `${prefix}.dead.${tenant}.${run}.*`,
  };
}
