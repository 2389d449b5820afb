import { connectTo } from "../../../src/cluster/connection.ts";
import { jobId } from "../../../src/cluster/job_id.ts";
import type {
  BatchMessage,
  DeadLetter,
  LetterOrigin,
  RunManifest,
} from "../../../src/cluster/messages.ts";
import { openTenant, type Tenant } from "../../../src/cluster/tenant.ts";
import { openTopology, type Topology } from "../../../src/cluster/topology.ts";
import { DEFAULT_LIMITS } from "../../../sandbox/limits.ts";
import { cupel, type Ended } from "../../cli/cupel.ts";

const NODE = "0".repeat(32);
const CREATED_AT = "2026-01-02T03:04:05.678Z";

/** The manifest of a run that nobody executes. */
export function manifestOf(run: string): RunManifest {
  const artifact = { name: "a.ts", sha256: "a".repeat(64), object: "b".repeat(64) };
  return {
    v: 1,
    run,
    name: "build 12",
    requires: ["cpu"],
    term: 0,
    owner: "0".repeat(16),
    n: 100,
    seed: 7,
    repetitions: 1,
    limits: DEFAULT_LIMITS,
    artifacts: { task: artifact, baseline: artifact, candidate: artifact },
    createdAt: CREATED_AT,
  };
}

/** A cluster without nodes, where a test gives batches up itself. */
export class GivenUp {
  readonly topology: Topology;
  readonly tenant: Tenant;
  readonly #url: string;

  private constructor(url: string, topology: Topology, tenant: Tenant) {
    this.#url = url;
    this.topology = topology;
    this.tenant = tenant;
  }

  /** Opens one under a prefix of its own. */
  static async open(url: string, prefix: string, tenant = "default"): Promise<GivenUp> {
    const topology = await openTopology(
      await connectTo({ servers: [url], name: "test" }),
      prefix,
      2000,
    );
    return new GivenUp(url, topology, await openTenant(topology, tenant));
  }

  /** A batch of cases as a controller publishes it. */
  batch(run: string, start: number, more: Partial<BatchMessage> = {}): BatchMessage {
    const job = { kind: "cases" as const, batch: { start, end: start + 5 } };
    return {
      v: 1,
      id: jobId(run, job),
      tenant: this.tenant.names.tenant,
      run,
      capabilityClass: "cpu",
      priority: "normal",
      epoch: 0,
      job,
      createdAt: CREATED_AT,
      ...more,
    };
  }

  /** Gives a batch up, as a node does. @returns Its number. */
  async giveUp(batch: BatchMessage, of?: LetterOrigin): Promise<number> {
    const letter: DeadLetter = {
      v: 1,
      batch,
      ...(of === undefined ? {} : { of }),
      deliveries: 4,
      node: NODE,
      createdAt: CREATED_AT,
    };
    return await this.publish(batch.run, batch.id, JSON.stringify(letter));
  }

  /** Publishes whatever it is as a dead letter. @returns Its number. */
  async publish(run: string, batch: string, body: string | Uint8Array): Promise<number> {
    const { client } = this.topology;
    return (await client.publish(this.tenant.names.dead(run, batch), body)).seq;
  }

  /** Lets a run go on: its manifest is there. */
  async begin(run: string): Promise<void> {
    await this.tenant.runs.put(run, JSON.stringify(manifestOf(run)));
  }

  /** The batches that wait for nodes, with their subjects. */
  async waiting(): Promise<{ subject: string; batch: unknown }[]> {
    const { manager } = this.topology;
    const { batchStream } = this.tenant.names;
    const { state } = await manager.streams.info(batchStream);
    const found: { subject: string; batch: unknown }[] = [];
    for (let seq = Math.max(1, state.first_seq); seq <= state.last_seq; seq++) {
      const message = await manager.streams.getMessage(batchStream, { seq });
      if (message !== null) found.push({ subject: message.subject, batch: message.json() });
    }
    return found;
  }

  /** How many dead letters there are. */
  async count(): Promise<number> {
    const { deadStream } = this.tenant.names;
    return (await this.topology.manager.streams.info(deadStream)).state.messages;
  }

  /** Runs `cupel dlq` on them. */
  dlq(...args: string[]): Promise<Ended> {
    const { names: { prefix } } = this.topology;
    const tenant = ["--tenant", this.tenant.names.tenant];
    return cupel(["dlq", ...args, "--nats", this.#url, "--prefix", prefix, ...tenant]);
  }

  /** Runs `cupel dlq` where it must succeed without a word of complaint. @returns What it prints. */
  async printed(...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await this.dlq(...args);
    if (code !== 0 || stderr !== "") throw new Error(`ended with ${code}: ${stderr}`);
    return stdout;
  }

  /** Closes the connection. */
  async close(): Promise<void> {
    await this.topology.connection.close();
  }
}
