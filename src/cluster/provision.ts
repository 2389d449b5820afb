import { JetStreamApiError, type JetStreamManager, type StreamConfig } from "@nats-io/jetstream";
import { CupelError } from "../errors.ts";
import { MessageError } from "./parse_message.ts";

const STREAM_NOT_FOUND = 10_059;

/** JetStream's codes for what has no room: of the account, of the server, of a stream. */
const NO_ROOM = [10_023, 10_047, 10_077, 10_028, 10_002];

const CONSUMER_NOT_FOUND = 10_014;

/** Whether a stream or a consumer is not there. */
export function isMissing(error: unknown): boolean {
  return isConsumerMissing(error) ||
    (error instanceof JetStreamApiError && error.code === STREAM_NOT_FOUND);
}

/** Whether a consumer is not there, and its stream is. */
export function isConsumerMissing(error: unknown): boolean {
  return error instanceof JetStreamApiError && error.code === CONSUMER_NOT_FOUND;
}

/** Whether the server has a stream of this name. */
export async function isThere(manager: JetStreamManager, stream: string): Promise<boolean> {
  try {
    await manager.streams.info(stream);
    return true;
  } catch (error) {
    if (error instanceof JetStreamApiError && error.code === STREAM_NOT_FOUND) return false;
    throw error;
  }
}

/** Makes a stream where it is not there. */
export async function ensureStream(
  manager: JetStreamManager,
  config: Pick<StreamConfig, "name"> & Partial<StreamConfig>,
): Promise<void> {
  await ensure(manager, config.name, () => manager.streams.add(config));
}

/**
 * Makes what is kept in a stream where that is not there. Of several that make it at the same time one
 * does, and the others use what it made.
 */
export async function ensure(
  manager: JetStreamManager,
  stream: string,
  make: () => Promise<unknown>,
): Promise<void> {
  // Only who makes a stream needs leave to: see deploy/nats/.
  if (await isThere(manager, stream)) return;
  try {
    await make();
  } catch (error) {
    if (!await isThere(manager, stream)) throw error;
  }
}

/** What a server that cannot be used is to the user: one line that says what is in the way. */
export function serverError(cause: unknown): CupelError {
  if (cause instanceof CupelError) return cause;
  // The server is well: it is what somebody has stored on it.
  if (cause instanceof MessageError) return new CupelError("bad-input", cause.message, { cause });
  return new CupelError("bad-input", `Cannot use the NATS server: ${reasonOf(cause)}`, { cause });
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "JetStreamNotEnabled") {
    return "JetStream is not enabled on it (nats-server -js), or not for this user's account";
  }
  if (isSilence(error)) return "it does not answer";
  if (isOutOfRoom(error)) return `${sayNoRoom(error)}, and start the same again`;
  if (lacksLeaveToMake(error)) {
    return "what the cluster keeps there is not made yet, and these credentials may not make it " +
      `(${error.message}): start a controller that may, first`;
  }
  if (isForbidden(error)) {
    return `these credentials do not allow it (${error.message}): is another tenant meant, or user?`;
  }
  if (error instanceof JetStreamApiError && error.code === STREAM_NOT_FOUND) {
    return `what the cluster kept there is gone (${error.message}): start the same again`;
  }
  return error.message;
}

/** What is to be done about a server, or what it allows this account, that is full. */
export function sayNoRoom({ message }: JetStreamApiError): string {
  if (/no such file|permission denied/i.test(message)) {
    return `it cannot store anything (${message})`;
  }
  return `it has no room left for what is stored (${message}): delete something, or give it more ` +
    "(max_file_store of the server, max_file of the account, max_bytes of a stream)";
}

/** Names of errors that say no more than that nobody answered. */
const NO_ANSWER = ["TimeoutError", "NoRespondersError", "RequestError", "ConnectionError"];

/** Whether nobody answered: the server may be away. */
export function isSilence(error: unknown): boolean {
  if (!(error instanceof Error) || !NO_ANSWER.includes(error.name)) return false;
  return !isForbidden(error);
}

/** Whether the server does not let us do it: trying again does not help. */
export function isForbidden(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return /permissions violation/i.test(error.message) || isForbidden(error.cause);
}

/** Whether something is not there, and the server does not let us make it. */
export function lacksLeaveToMake(error: unknown): boolean {
  return isForbidden(error) && String(error).includes('"$JS.API.STREAM.CREATE.');
}

/** Whether a server, or what it allows this account, is full. */
export function isOutOfRoom(error: unknown): error is JetStreamApiError {
  return error instanceof JetStreamApiError && NO_ROOM.includes(error.code);
}
