import { AckPolicy, RetentionPolicy, StorageType } from "@nats-io/jetstream";
import type { Topology } from "../../src/cluster/topology.ts";

const [WORK, BACK] = ["raw-work", "raw-back"];
const CONSUMER = "all";
const ACK_WAIT_NS = 10_000_000_000;

/** JetStream as its own library is used, with messages of given sizes and nothing done with them. */
export interface RawJetStream {
  /** Has one message come to the other side and be acknowledged there. */
  roundTrip(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens streams on file storage, and consumes on the other side's connection.
 *
 * @param bytes Of a message, and of an answer, which is published to another stream and heard by us; no
 * answer where it is 0.
 */
export async function openRaw(
  ours: Topology,
  other: Topology,
  bytes: { message: number; answer: number },
): Promise<RawJetStream> {
  await makeStreams(ours);
  const { connection, client } = ours;
  const waiting = new Map<string, () => void>();
  const settle = (id: string) => {
    waiting.get(id)?.();
    waiting.delete(id);
  };
  const heard = connection.subscribe(`${BACK}.*`, {
    callback: (_, { subject }) => settle(subject.slice(BACK.length + 1)),
  });
  const answer = new Uint8Array(bytes.answer);
  const stop = await consume(other, async (id) => {
    if (bytes.answer === 0) settle(id);
    else await other.client.publish(`${BACK}.${id}`, answer);
  });
  const message = new Uint8Array(bytes.message);
  let count = 0;
  return {
    roundTrip: async () => {
      const id = `${count++}`;
      const done = new Promise<void>((resolve) => waiting.set(id, resolve));
      await client.publish(`${WORK}.${id}`, message);
      await done;
    },
    close: async () => {
      await stop();
      heard.unsubscribe();
    },
  };
}

/** Streams as those of Cupel, of other names. */
async function makeStreams({ manager }: Topology): Promise<void> {
  await manager.streams.add({
    name: WORK,
    subjects: [`${WORK}.*`],
    retention: RetentionPolicy.Workqueue,
    storage: StorageType.File,
  });
  await manager.streams.add({ name: BACK, subjects: [`${BACK}.*`], storage: StorageType.File });
  await manager.consumers.add(WORK, {
    durable_name: CONSUMER,
    ack_policy: AckPolicy.Explicit,
    ack_wait: ACK_WAIT_NS,
    max_ack_pending: -1,
  });
}

/** @returns What ends it. */
async function consume(
  { client }: Topology,
  handle: (id: string) => Promise<void>,
): Promise<() => Promise<void>> {
  const messages = await (await client.consumers.get(WORK, CONSUMER)).consume();
  const reading = (async () => {
    for await (const message of messages) {
      void handle(message.subject.slice(WORK.length + 1)).then(() => message.ack());
    }
  })();
  return async () => {
    await messages.close();
    await reading;
  };
}
