import { headers } from "@nats-io/transport-node";
import { encode } from "../../../sandbox/values/encode.ts";
import { jobId, messageId } from "../../../src/cluster/job_id.ts";
import type { BatchMessage, ResultMessage } from "../../../src/cluster/messages.ts";
import type { NodeKey } from "../../../src/cluster/node_key.ts";
import { CASES_HEADER, KEY_HEADER, SIGNATURE_HEADER } from "../../../src/cluster/result_headers.ts";
import { openTenant, type Tenant } from "../../../src/cluster/tenant.ts";
import type { Topology } from "../../../src/cluster/topology.ts";
import { openTestCluster } from "./cluster.ts";

/** A result as somebody sends it: not all that a node sends need be there, or be true. */
export interface SentResult {
  body: string;
  publicKey?: string;
  signature?: string;
  /** Which cases it says that it is of, to who looks for results: `start-end`. */
  cases?: string;
}

/** What names a batch. */
export type BatchName = Pick<BatchMessage, "run" | "id" | "epoch">;

/** The results of a tenant, as one sees and sends them who is no node. */
export class ResultStream {
  readonly topology: Topology;
  readonly tenant: Tenant;

  private constructor(topology: Topology, tenant: Tenant) {
    this.topology = topology;
    this.tenant = tenant;
  }

  /** Those of the tenant `default`. */
  static async open(url: string, prefix: string): Promise<ResultStream> {
    const topology = await openTestCluster(url, prefix);
    return new ResultStream(topology, await openTenant(topology, "default"));
  }

  /** The only run that there is, once it is there. */
  async run(): Promise<string> {
    for (;;) {
      for await (const key of await this.tenant.runs.keys()) return key;
    }
  }

  /** Sends a result to where that of a batch is expected, under the id that its node would give it. */
  async send({ run, id, epoch }: BatchName, sent: SentResult): Promise<void> {
    const { body, publicKey, signature, cases } = sent;
    const signed = headers();
    if (publicKey !== undefined) signed.set(KEY_HEADER, publicKey);
    if (signature !== undefined) signed.set(SIGNATURE_HEADER, signature);
    if (cases !== undefined) signed.set(CASES_HEADER, cases);
    const options = { msgID: messageId(id, epoch), headers: signed };
    await this.topology.client.publish(this.tenant.names.result(run, id), body, options);
  }

  /** Closes the connection. */
  async close(): Promise<void> {
    await this.topology.connection.close();
  }
}

/** The name of a batch of cases. */
export function batchName(run: string, start: number, end: number): BatchName {
  return { run, id: jobId(run, { kind: "cases", batch: { start, end } }), epoch: 0 };
}

/** A result that says of one case what no node would say, by whoever it says. */
export function resultText({ run, id, epoch }: BatchName, node: string, more: object = {}): string {
  const error = { kind: "crash", message: "forged" };
  const message: ResultMessage = {
    v: 1,
    id,
    run,
    epoch,
    attempt: 0,
    node,
    wallMs: 1,
    outcome: { ok: true, value: encode([{ index: 0, valid: false, error }]) },
  };
  return JSON.stringify({ ...message, ...more });
}

/** A result as the owner of a key sends it. */
export function signedBy(key: NodeKey, body: string): SentResult {
  return { body, publicKey: key.publicKey, signature: key.sign(new TextEncoder().encode(body)) };
}
