import type { KV } from "@nats-io/kv";
import * as z from "zod";
import { capabilitiesSchema, serves } from "./capabilities.ts";
import { MESSAGE_VERSION } from "./messages.ts";
import { MessageError, parseMessage } from "./parse_message.ts";
import { NODE_TTL_MS } from "./topology.ts";

const nodeSchema = z.object({
  v: z.literal(MESSAGE_VERSION),
  capabilities: capabilitiesSchema,
  concurrency: z.int().min(1),
});

/** What a node says of itself while it lives. */
export type NodeEntry = z.infer<typeof nodeSchema>;

/**
 * Registers a node, and says again and again that it lives.
 *
 * @returns What takes it off the list.
 */
export async function registerNode(
  nodes: KV,
  name: string,
  entry: Omit<NodeEntry, "v">,
): Promise<() => Promise<void>> {
  const text = JSON.stringify({ v: MESSAGE_VERSION, ...entry } satisfies NodeEntry);
  await nodes.put(name, text);
  // A beat that is lost, as the server is away, is made up for by the next.
  const beating = setInterval(() => void nodes.put(name, text).catch(() => {}), NODE_TTL_MS / 3);
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
      living.push(parseMessage(nodeSchema, entry.value, "a node's entry"));
    } catch (error) {
      if (!(error instanceof MessageError)) throw error;
    }
  }
  return living;
}

/**
 * Why no node takes batches of a class; nothing where one would.
 *
 * @returns What is missing, as the end of a sentence: "waiting for …".
 */
export function missingFor(
  nodes: readonly NodeEntry[],
  capabilityClass: string,
  required: readonly string[],
): string | undefined {
  if (nodes.some(({ capabilities }) => serves(capabilities, capabilityClass))) return undefined;
  if (nodes.length === 0) return "a node: there is none";
  const nowhere = required.filter((tag) => !nodes.some((node) => node.capabilities.includes(tag)));
  if (nowhere.length > 0) {
    return `a node that has ${nowhere.join(" and ")}: none of ${nodes.length} has`;
  }
  return `a node that has ${required.join(" and ")} together: none of ${nodes.length} has`;
}
