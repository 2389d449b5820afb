import type { StoredMsg } from "@nats-io/jetstream";
import { type DeadLetter, deadLetterSchema } from "./messages.ts";
import type { TenantNames } from "./names.ts";
import { MessageError, parseMessage } from "./parse_message.ts";

/** A message of a tenant's stream of dead letters, whatever is in it. */
export interface DeadLetterEntry {
  /** Its number in the stream, from 1: short, and not given again while there are others. */
  number: number;
  subject: string;
  /** The run and the batch that its subject names. */
  run: string;
  batch: string;
  /** When the server took it: RFC 3339, UTC. */
  storedAt: string;
  bytes: Uint8Array;
  /** What it says; nothing where it is of a later version, or no dead letter at all. */
  letter?: DeadLetter;
  /** Why it cannot be read, where it cannot. */
  reason?: string;
}

/** Reads a message of the stream. One that cannot be read is an entry too, so that it can be dropped. */
export function deadLetterEntry(names: TenantNames, message: StoredMsg): DeadLetterEntry {
  const { seq: number, subject, data: bytes } = message;
  const [run = "", batch = ""] = subject.split(".").slice(-2);
  const entry = { number, subject, run, batch, storedAt: message.time.toISOString(), bytes };
  try {
    const letter = parseMessage(deadLetterSchema, bytes, "a dead letter");
    const wrong = misplaced(names, entry, letter);
    return wrong === undefined ? { ...entry, letter } : { ...entry, reason: wrong };
  } catch (error) {
    if (!(error instanceof MessageError)) throw error;
    return { ...entry, reason: error.message };
  }
}

/** Leave to publish is given by subject: what a letter says of itself must not go beyond its own. */
function misplaced(
  { tenant }: TenantNames,
  { run, batch }: Pick<DeadLetterEntry, "run" | "batch">,
  letter: DeadLetter,
): string | undefined {
  const said = letter.batch;
  if (said.tenant === tenant && said.run === run && said.id === batch) return undefined;
  return "Cannot use a dead letter as its tenant, run and batch must be those of its subject";
}
