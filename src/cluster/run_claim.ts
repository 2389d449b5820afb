import { randomBytes } from "node:crypto";
import { JetStreamApiError } from "@nats-io/jetstream";
import type { KV, KvEntry } from "@nats-io/kv";
import { CupelError } from "../errors.ts";
import { type RunManifest, runManifestSchema } from "./messages.ts";
import { MessageError, parseMessage } from "./parse_message.ts";

/** What says whose a run is. */
type Ownership = "term" | "owner";

/**
 * A run in this controller's hands. Its entry is only ever changed by compare-and-set, so that of two
 * controllers of one run the later has it, and the earlier finds out.
 */
export class RunClaim {
  readonly run: string;
  /** Whether another controller had the run before: some of its results may be there. */
  readonly isResumed: boolean;
  readonly #runs: KV;
  readonly #owner: string;
  /** Of the run's entry: greater than those of all earlier controllers, so a token to fence them off. */
  readonly revision: number;

  private constructor(runs: KV, run: string, owner: string, revision: number, isResumed: boolean) {
    this.#runs = runs;
    this.run = run;
    this.#owner = owner;
    this.revision = revision;
    this.isResumed = isResumed;
  }

  /** Takes a run: one that nobody had, or one that another controller has or had. */
  static async take(runs: KV, manifest: Omit<RunManifest, Ownership>): Promise<RunClaim> {
    const { run } = manifest;
    const owner = randomBytes(16).toString("hex");
    for (;;) {
      const entry = await runs.get(run);
      const term = termAfter(entry);
      const text = JSON.stringify({ ...manifest, term, owner } satisfies RunManifest);
      try {
        const revision = entry === null
          ? await runs.create(run, text)
          : await runs.update(run, text, entry.revision);
        return new RunClaim(runs, run, owner, revision, term > 0);
      } catch (error) {
        if (!isOvertaken(error)) throw error;
      }
    }
  }

  /** @throws {CupelError} `bad-input` where another controller has taken the run. */
  async check(): Promise<void> {
    const entry = await this.#runs.get(this.run);
    // Ours, and as we wrote it: who may write it may not have another candidate executed in its name.
    if (entry?.revision === this.revision && ownerOf(entry) === this.#owner) return;
    throw new CupelError(
      "bad-input",
      "Cannot go on with the run as another process has taken it over, or taken it away",
    );
  }

  /** Takes the run away. @returns Whether it was still this controller's. */
  async release(): Promise<boolean> {
    try {
      await this.#runs.delete(this.run, { previousSeq: this.revision });
      return true;
    } catch (error) {
      if (isOvertaken(error)) return false;
      throw error;
    }
  }
}

function termAfter(entry: KvEntry | null): number {
  if (entry === null || entry.operation !== "PUT") return 0;
  return parseMessage(runManifestSchema, entry.value, "a run's manifest").term + 1;
}

/** @returns Nothing where it cannot be read: then it is not ours, but of a later version, for one. */
function ownerOf(entry: KvEntry): string | undefined {
  try {
    return parseMessage(runManifestSchema, entry.value, "a run's manifest").owner;
  } catch (error) {
    if (error instanceof MessageError) return undefined;
    throw error;
  }
}

const WRONG_LAST_SEQUENCE = 10_071;

function isOvertaken(error: unknown): boolean {
  return error instanceof JetStreamApiError && error.code === WRONG_LAST_SEQUENCE;
}
