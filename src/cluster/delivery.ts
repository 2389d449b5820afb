import type { Msg, NatsConnection } from "@nats-io/transport-node";
import { askAgain } from "./ask_again.ts";
import { NANOSECONDS_PER_MS } from "./nanoseconds.ts";
import type { Topology } from "./topology.ts";

/** A batch in this node's hands, until it is acknowledged or given back. */
export interface Delivery {
  readonly data: Uint8Array;
  /** How often it was delivered before, to whomever: 0 for the first time. */
  readonly attempt: number;
  /** Batches of the same lane that wait behind it. */
  readonly behind: number;
  /** Milliseconds after which it is delivered again where nothing is said. */
  readonly ackWaitMs: number;
  /** Says that it is done; resolves when the server knows. */
  acknowledge(): Promise<void>;
  /** Says that it is being worked on: it is not delivered again for another while. */
  working(): void;
  /** Gives it back, to be delivered again after a while. */
  giveBack(afterMs?: number): void;
}

/**
 * Milliseconds after which the server forgets the question. Without them it would keep one that it cannot
 * answer at once where it thinks there is a batch, and another one was faster; what it hands out to who
 * waits no more is late. With them it answers no sooner where there is nothing, so they are few.
 */
const EXPIRES_MS = 2;

/** Milliseconds to wait for the server's answer. */
const ANSWER_MS = 5000;

/**
 * Milliseconds after which the server has lost the question: 2.9.10 does where a batch comes just as the
 * question expires (mended by nats-server#3942), which is when the next batch comes of a run in full swing.
 */
const LOST_MS = 50;

/**
 * Asks for one batch of a lane, without waiting for one to come.
 *
 * `CONSUMER.MSG.NEXT` of the JetStream API with `no_wait`, which the library's own pulls do not offer: they
 * wait a second at least, and a node has several lanes to ask for.
 *
 * @param stream The lane's tenant's stream of batches.
 * @param consumer The lane's consumer.
 * @param ackWaitMs Milliseconds after which the lane delivers a batch again; the cluster's where it is left out.
 * @returns Nothing where there is none.
 */
export async function pullBatch(
  topology: Topology,
  stream: string,
  consumer: string,
  ackWaitMs: number = topology.ackWaitMs,
): Promise<Delivery | undefined> {
  const subject = `$JS.API.CONSUMER.MSG.NEXT.${stream}.${consumer}`;
  const ask = () => askFor(topology, subject, ackWaitMs);
  return await askAgain(topology.connection, ask, LOST_MS, (late) => late?.giveBack());
}

async function askFor(
  { connection }: Topology,
  subject: string,
  ackWaitMs: number,
): Promise<Delivery | undefined> {
  const message = await connection.request(
    subject,
    JSON.stringify({ batch: 1, no_wait: true, expires: EXPIRES_MS * NANOSECONDS_PER_MS }),
    // A batch comes under its own subject, by which shared inboxes do not know whose it is.
    { timeout: ANSWER_MS, noMux: true },
  );
  // What the server says of itself, as that there is none, cannot be answered; a batch can, however short.
  if (!message.reply) return undefined;
  return deliveryOf(connection, message, message.reply, ackWaitMs);
}

function deliveryOf(
  connection: NatsConnection,
  message: Msg,
  reply: string,
  ackWaitMs: number,
): Delivery {
  const { delivered, pending } = parseReply(reply);
  return {
    data: message.data,
    attempt: Math.max(0, delivered - 1),
    behind: pending,
    ackWaitMs,
    acknowledge: async () => {
      await connection.request(reply, "+ACK", { timeout: ackWaitMs });
    },
    working: () => void message.respond("+WPI"),
    giveBack: (afterMs = 0) =>
      void message.respond(
        afterMs === 0 ? "-NAK" : `-NAK ${JSON.stringify({ delay: afterMs * NANOSECONDS_PER_MS })}`,
      ),
  };
}

/**
 * Reads how often a message was delivered, and how many wait, from its reply subject,
 * `$JS.ACK.[domain.account.]stream.consumer.delivered.sequence.sequence.time.pending`.
 */
function parseReply(reply: string): { delivered: number; pending: number } {
  const parts = reply.split(".");
  const first = parts.length > 9 ? 6 : 4;
  const [delivered = 0, , , , pending = 0] = parts.slice(first, first + 5).map(Number);
  return { delivered, pending };
}
