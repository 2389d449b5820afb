import * as z from "zod";
import { requirementsSchema } from "./capabilities.ts";
import { credentialsSchema } from "./credentials.ts";
import { DEFAULT_TENANT, PRIORITIES, tenantSchema } from "./lane.ts";
import { DEFAULT_PREFIX, prefixSchema } from "./names.ts";
import { runNameSchema } from "./run_name.ts";
import { addressFault } from "./server_address.ts";

/** Most batches in flight at a time. */
export const MOST_IN_FLIGHT = 10_000;

const ACK_WAITS = "must be from 500ms to 1h (a number alone is of milliseconds)";

const address = z.string().superRefine((text, context) => {
  const message = addressFault(text);
  if (message !== undefined) context.addIssue({ code: "custom", message });
});

const fingerprint = z.string()
  .regex(/^[0-9a-f]{32}$/, "must be a node's fingerprint: 32 lower-case hexadecimal digits");

/** How a cluster is used. What is left out takes its default. */
export const clusterOptionsSchema = z.strictObject({
  /** Addresses of servers of one NATS cluster. */
  servers: z.array(address).min(1).max(100),
  /** Who we are to the servers, and whom of them we believe. */
  ...credentialsSchema.shape,
  /** What nodes must have to execute the cases; `cpu` by default. */
  requires: requirementsSchema.default(["cpu"]),
  /** Whose work it is: tenants share the nodes by their weights. */
  tenant: tenantSchema.default(DEFAULT_TENANT),
  /** Of the tenant's own work, what goes first. */
  priority: z.enum(PRIORITIES, `must be one of ${PRIORITIES.join(", ")}`).default("normal"),
  /**
   * What the run is called. One of the same name with the same files and settings goes on where another
   * process was killed.
   */
  runName: runNameSchema.optional(),
  /** The nodes whose results count, by their fingerprints; all by default. */
  trustedNodes: z.array(fingerprint).min(1).max(100_000).optional(),
  /** Most batches in flight at a time; fewer where nodes execute fewer. */
  inFlight: z.int().min(1).max(MOST_IN_FLIGHT).default(1000),
  /** Prefix of all names, so that several clusters can share a server. */
  prefix: prefixSchema.default(DEFAULT_PREFIX),
  /** Milliseconds after which a batch whose node says nothing is delivered again. */
  ackWaitMs: z.int().min(500, ACK_WAITS).max(3_600_000, ACK_WAITS).default(10_000),
});

/** How a cluster is used. */
export type ClusterOptions = z.input<typeof clusterOptionsSchema>;

/** The same, with its defaults. */
export type ClusterSettings = z.output<typeof clusterOptionsSchema>;
