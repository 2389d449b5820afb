import * as z from "zod";
import { capabilitiesSchema } from "./capabilities.ts";
import { DEFAULT_PREFIX, prefixSchema } from "./names.ts";

/** Most batches in flight at a time. */
const MOST_IN_FLIGHT = 10_000;

const address = z.string().regex(
  /^(nats|tls):\/\/[^\s/]+$/,
  "must be the address of a NATS server, such as nats://127.0.0.1:4222",
);

/** How a cluster is used. What is left out takes its default. */
export const clusterOptionsSchema = z.strictObject({
  /** Addresses of servers of one NATS cluster. */
  servers: z.array(address).min(1).max(100),
  /** What nodes must have to execute the cases; `cpu` by default. */
  requires: capabilitiesSchema.default(["cpu"]),
  /** Batches in flight at a time. */
  inFlight: z.int().min(1).max(MOST_IN_FLIGHT).default(16),
  /** Prefix of all names, so that several clusters can share a server. */
  prefix: prefixSchema.default(DEFAULT_PREFIX),
  /** Milliseconds after which a batch whose node says nothing is delivered again. */
  ackWaitMs: z.int().min(500).max(3_600_000).default(10_000),
});

/** How a cluster is used. */
export type ClusterOptions = z.input<typeof clusterOptionsSchema>;

/** The same, with its defaults. */
export type ClusterSettings = z.output<typeof clusterOptionsSchema>;
