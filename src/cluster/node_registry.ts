import type { KV } from "@nats-io/kv";
import * as z from "zod";
import { capabilitiesSchema, MOST_CAPABILITIES, requiredBy, serves } from "./capabilities.ts";
import { type Lane, tenantSchema } from "./lane.ts";
import { MESSAGE_VERSION } from "./messages.ts";
import { MessageError, parseMessage } from "./parse_message.ts";
import { NODE_TTL_MS } from "./topology.ts";

/** Most batches at a time of a node. */
export const MOST_CONCURRENCY = 256;

/** Most tenants that a node names. */
export const MOST_TENANTS = 1000;

/** What a node says of itself while it lives. */
export const nodeEntrySchema = z.object({
  v: z.literal(MESSAGE_VERSION),
  capabilities: capabilitiesSchema,
  /** Batches at a time. */
  concurrency: z.int().min(1).max(MOST_CONCURRENCY),
  /** It takes only work that requires all of these. */
  only: z.array(z.string()).max(MOST_CAPABILITIES).default([]),
  /** Whose work it takes; left out where it takes everybody's. */
  tenants: z.array(tenantSchema).max(MOST_TENANTS).optional(),
});

/** What a node says of itself while it lives. */
export type NodeEntry = z.infer<typeof nodeEntrySchema>;

/** What decides whether a node takes work: what it has, and what it was told. */
export type NodeService = Pick<NodeEntry, "capabilities" | "only" | "tenants">;

/** Whether a node takes the batches of a lane. */
export function takes(
  { capabilities, only, tenants }: NodeService,
  { tenant, capabilityClass }: Pick<Lane, "tenant" | "capabilityClass">,
): boolean {
  return serves(capabilities, capabilityClass) &&
    only.every((tag) => requiredBy(capabilityClass).includes(tag)) &&
    (tenants === undefined || tenants.includes(tenant));
}

/**
 * Registers a node, and says again and again that it lives.
 *
 * @param onLost Does what can be done where it could not be said, as the bucket may be gone.
 * @returns What takes it off the list.
 */
export async function registerNode(
  nodes: KV,
  name: string,
  entry: Omit<NodeEntry, "v">,
  onLost: () => Promise<void> = () => Promise.resolve(),
): Promise<() => Promise<void>> {
  const text = JSON.stringify({ v: MESSAGE_VERSION, ...entry } satisfies NodeEntry);
  await nodes.put(name, text);
  // A beat that is lost, as the server is away, is made up for by the next.
  const beat = () => void nodes.put(name, text).catch(onLost).catch(() => {});
  const beating = setInterval(beat, NODE_TTL_MS / 3);
  return async () => {
    clearInterval(beating);
    await nodes.delete(name);
  };
}

/** The nodes that live. Entries of other versions are left out. */
export async function livingNodes(nodes: KV): Promise<NodeEntry[]> {
  const living: NodeEntry[] = [];
  for await (const key of await nodes.keys()) {
    const entry = await nodes.get(key);
    if (entry === null || entry.operation !== "PUT") continue;
    try {
      living.push(parseMessage(nodeEntrySchema, entry.value, "a node's entry"));
    } catch (error) {
      if (!(error instanceof MessageError)) throw error;
    }
  }
  return living;
}

/** Batches that living nodes can execute at a time of a lane. */
export function slotsFor(nodes: readonly NodeEntry[], lane: Lane): number {
  return nodes.reduce((sum, node) => sum + (takes(node, lane) ? node.concurrency : 0), 0);
}

/**
 * Why no node takes batches of a lane; nothing where one would.
 *
 * @returns What is missing, as the end of a sentence: "waiting for …".
 */
export function missingFor(nodes: readonly NodeEntry[], lane: Lane): string | undefined {
  if (nodes.some((node) => takes(node, lane))) return undefined;
  if (nodes.length === 0) return "a node: there is none";
  const required = requiredBy(lane.capabilityClass);
  const nowhere = required.filter((tag) => !nodes.some((node) => node.capabilities.includes(tag)));
  if (nowhere.length > 0) {
    return `a node that has ${nowhere.join(" and ")}: none of ${nodes.length} has`;
  }
  if (!nodes.some(({ capabilities }) => serves(capabilities, lane.capabilityClass))) {
    return `a node that has ${required.join(" and ")} together: none of ${nodes.length} has`;
  }
  return `a node that takes work of tenant ${lane.tenant} that requires ${
    required.join(" and ")
  }: none of ${nodes.length} does`;
}
