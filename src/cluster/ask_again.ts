import { setTimeout as sleep } from "node:timers/promises";
import type { NatsConnection } from "@nats-io/transport-node";

/**
 * Asks a server that may lose a question, and asks it again where no answer comes.
 *
 * @param connection Over which it is asked. While the server does not answer anything at all, nothing is
 * asked again: what waits for it would be asked many times at once when it is back.
 * @param ask Rejects when nobody answers for long: then that is the end.
 * @param afterMs Milliseconds in which an answer should have come.
 * @param onLate Gets what else is answered, when somebody has the first answer.
 */
export async function askAgain<T>(
  connection: Pick<NatsConnection, "flush">,
  ask: () => Promise<T>,
  afterMs: number,
  onLate: (answer: T) => void,
): Promise<T> {
  const answered = new AbortController();
  const { signal } = answered;
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const askOnce = async () => {
    try {
      const answer = await ask();
      if (signal.aborted) return onLate(answer);
      resolve(answer);
    } catch (error) {
      reject(error);
    }
    answered.abort();
  };
  const askMore = async () => {
    for (;;) {
      await sleep(afterMs, undefined, { signal });
      await connection.flush();
      // It answers again, or still; what it was asked before that gets the same time once more.
      await sleep(afterMs, undefined, { signal });
      void askOnce();
    }
  };
  void askOnce();
  askMore().catch(() => {}); // There is an answer, or there will be none: the question's own end says so.
  return await promise;
}
