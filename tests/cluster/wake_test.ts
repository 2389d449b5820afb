import type { NatsConnection } from "@nats-io/transport-node";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { connectTo } from "../../src/cluster/connection.ts";
import { Wake } from "../../src/cluster/wake.ts";
import { findNatsServer } from "../runner/nats_server.ts";
import { NatsServer } from "./support/nats_server.ts";

const SUBJECT = "work";
const LONG_MS = 5000;
const NEVER = new AbortController().signal;

let server: NatsServer;
let connections: NatsConnection[] = [];

beforeAll(async () => {
  if (findNatsServer() === undefined) return;
  server = await NatsServer.start();
  const connect = () => connectTo({ servers: [server.url], name: "test" });
  connections = await Promise.all([connect(), connect(), connect()]);
});
beforeEach(({ skip }) => {
  if (findNatsServer() === undefined) {
    skip("there is no nats-server: see tests/runner/nats_server.ts");
  }
});
afterAll(async () => {
  await Promise.all(connections.map((connection) => connection.close()));
  await server?.close();
});

/** Nodes on connections of their own, and what publishes. */
function parties() {
  const [one, other, publisher] = connections;
  if (!one || !other || !publisher) throw new Error("no connections");
  const wakes = [one, other].map((connection) => {
    const wake = new Wake(connection);
    wake.listenTo([SUBJECT]);
    return wake;
  });
  const flush = () => Promise.all([one.flush(), other.flush()]);
  return { wakes, flush, publish: () => publisher.publish(SUBJECT) };
}

async function isOver(over: Promise<void>, withinMs: number): Promise<boolean> {
  const late = new Promise<false>((resolve) => setTimeout(() => resolve(false), withinMs));
  return await Promise.race([over.then(() => true as const), late]);
}

test("of what is published one that waits hears, and not one that has found work by itself", async () => {
  const { wakes: [busy, idle], flush, publish } = parties();
  // Which of a group hears is left to chance: once could be luck.
  for (let round = 0; round < 10; round++) {
    busy?.next(LONG_MS, NEVER).leave();
    const waiting = idle?.next(LONG_MS, NEVER);
    await flush();
    publish();
    expect(await isOver(waiting?.over ?? Promise.reject(), LONG_MS / 2)).toBe(true);
  }
});

test("who waits, waits no longer than it is told to, or than the node goes on", async () => {
  const { wakes: [wake] } = parties();
  expect(await isOver(wake?.next(10, NEVER).over ?? Promise.reject(), LONG_MS / 2)).toBe(true);
  expect(await isOver(wake?.next(LONG_MS, AbortSignal.abort()).over ?? Promise.reject(), 100))
    .toBe(true);
  expect(wake?.waiting).toBe(0);
});
