import { AckPolicy, RetentionPolicy, StorageType } from "@nats-io/jetstream";
import type { Topology } from "../../src/cluster/topology.ts";

const CONSUMER = "all";
const ACK_WAIT_NS = 10_000_000_000;

/**
 * JetStream as its own library is used, with messages of given sizes and nothing done with them; on file
 * storage, as Cupel's are.
 *
 * @param others Connections of the other side, which pull, answer and acknowledge.
 * @param name Of its streams.
 * @param bytes Of a message, and of an answer, which is published to another stream and heard by us; no
 * answer where it is 0.
 * @returns What has one message come to the other side, and its answer back.
 */
export async function openRaw(
  { connection, client, manager }: Topology,
  others: readonly Topology[],
  name: string,
  bytes: { message: number; answer: number },
): Promise<() => Promise<void>> {
  const [work, back] = [`${name}-work`, `${name}-back`];
  await makeStreams(manager, work, back);
  const waiting = new Map<string, () => void>();
  const settle = (id: string) => {
    waiting.get(id)?.();
    waiting.delete(id);
  };
  connection.subscribe(`${back}.*`, {
    callback: (_, { subject }) => settle(subject.slice(back.length + 1)),
  });
  const answer = new Uint8Array(bytes.answer);
  for (const other of others) {
    await consume(other, work, async (id) => {
      if (bytes.answer === 0) settle(id);
      else await other.client.publish(`${back}.${id}`, answer);
    });
  }
  const message = new Uint8Array(bytes.message);
  let count = 0;
  return async () => {
    const id = `${count++}`;
    const done = new Promise<void>((resolve) => waiting.set(id, resolve));
    await client.publish(`${work}.${id}`, message);
    await done;
  };
}

/** Streams as those of batches and results, of other names. */
async function makeStreams(
  { streams, consumers }: Topology["manager"],
  work: string,
  back: string,
) {
  const storage = StorageType.File;
  const retention = RetentionPolicy.Workqueue;
  await streams.add({ name: work, subjects: [`${work}.*`], retention, storage });
  await streams.add({ name: back, subjects: [`${back}.*`], storage });
  await consumers.add(work, {
    durable_name: CONSUMER,
    ack_policy: AckPolicy.Explicit,
    ack_wait: ACK_WAIT_NS,
    max_ack_pending: -1,
  });
}

async function consume(
  { client }: Topology,
  work: string,
  handle: (id: string) => Promise<void>,
): Promise<void> {
  const messages = await (await client.consumers.get(work, CONSUMER)).consume();
  void (async () => {
    for await (const message of messages) {
      void handle(message.subject.slice(work.length + 1)).then(() => message.ack());
    }
  })();
}
