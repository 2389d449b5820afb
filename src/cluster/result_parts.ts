import type { JetStreamManager } from "@nats-io/jetstream";
import { digest } from "../evaluate/digest.ts";
import type { TenantNames } from "./names.ts";
import type { OutcomeMessage, WholeOutcome } from "./outcome_message.ts";

/** Bytes of a message that are left for all but the value: names, headers, the signature. */
const OVERHEAD = 16 * 1024;

/** Fewest bytes of a part, however little a server takes. */
const LEAST_PART = 1024;

/** Most characters of a value that is put together of parts. */
const MOST_CHARACTERS = 512 * 1024 * 1024;

/** A result that is too long for one message. */
export interface SplitOutcome {
  /** What is published as the result: it names the parts by their hash. */
  outcome: OutcomeMessage;
  /** What is published before. */
  parts: { sha256: string; text: string }[];
}

/**
 * Splits an outcome that one message cannot hold.
 *
 * @param mostBytes What the server takes in a message: its `max_payload`.
 */
export function splitOutcome(outcome: WholeOutcome, mostBytes: number): SplitOutcome {
  const size = Math.max(LEAST_PART, mostBytes - OVERHEAD);
  // A value that is longer than some KiB is packed, so it has as many bytes as characters.
  if (!outcome.ok || outcome.value.length <= size) return { outcome, parts: [] };
  const { value } = outcome;
  const sha256 = digest(value);
  const parts = Array.from({ length: Math.ceil(value.length / size) }, (_, at) => ({
    sha256,
    text: value.slice(at * size, (at + 1) * size),
  }));
  return { outcome: { ok: true, parts: parts.length, sha256 }, parts };
}

/**
 * Puts an outcome together of its parts.
 *
 * @returns Nothing where a part is missing, or they are not what the result's hash says.
 * @throws {Error} where the server does not answer.
 */
export async function joinOutcome(
  { manager, names }: { manager: JetStreamManager; names: TenantNames },
  { run, id, outcome }: { run: string; id: string; outcome: OutcomeMessage },
): Promise<WholeOutcome | undefined> {
  if (!("parts" in outcome)) return outcome;
  const { parts, sha256 } = outcome;
  const texts: string[] = [];
  let length = 0;
  for (let at = 0; at < parts; at++) {
    const part = await manager.streams.getMessage(names.resultStream, {
      last_by_subj: names.resultPart({ run, batch: id, sha256, at }),
    });
    length += part?.data.length ?? 0;
    if (part === null || length > MOST_CHARACTERS) return undefined;
    texts.push(part.string());
  }
  const value = texts.join("");
  return digest(value) === sha256 ? { ok: true, value } : undefined;
}
