import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { LocalDispatcher } from "../../src/dispatch/local.ts";
import type { ControllerEvent } from "../../src/cluster/events.ts";
import { type BatchMessage, batchMessageSchema } from "../../src/cluster/messages.ts";
import { newNodeKey } from "../../src/cluster/node_key.ts";
import { KEY_HEADER, SIGNATURE_HEADER } from "../../src/cluster/result_headers.ts";
import type { RunSpec } from "../../src/evaluate/run_spec.ts";
import { findNatsServer } from "../runner/nats_server.ts";
import { clusterDispatcher, resultsOf, startNode, topKRun } from "./support/cluster.ts";
import { NatsServer } from "./support/nats_server.ts";
import {
  type BatchName,
  batchName,
  ResultStream,
  resultText,
  type SentResult,
  signedBy,
} from "./support/results.ts";

const CASES = 60;

let server: NatsServer;
let run: RunSpec;
let local: string;

beforeAll(async () => {
  if (findNatsServer() === undefined) return;
  server = await NatsServer.start();
  run = await topKRun(CASES);
  local = await resultsOf(run, new LocalDispatcher(1));
});
beforeEach(({ skip }) => {
  if (findNatsServer() === undefined) {
    skip("there is no nats-server: see tests/runner/nats_server.ts");
  }
});
afterAll(() => server?.close());

const honest = newNodeKey();
const stranger = newNodeKey();

/** Results that do not count where only the honest node is trusted, by what is wrong with them. */
const FORGED: Record<string, (batch: BatchName) => SentResult> = {
  "that is not signed": (batch) => ({ body: resultText(batch, honest.fingerprint) }),
  "whose signature is none": (batch) => ({
    body: resultText(batch, honest.fingerprint),
    publicKey: honest.publicKey,
    signature: "bm9uZQ==",
  }),
  "signed by another key than the node's that it names": (batch) =>
    signedBy(stranger, resultText(batch, honest.fingerprint)),
  "with the named node's key, but another's signature": (batch) => ({
    ...signedBy(stranger, resultText(batch, honest.fingerprint)),
    publicKey: honest.publicKey,
  }),
  "of a node that is not trusted": (batch) =>
    signedBy(stranger, resultText(batch, stranger.fingerprint)),
  "that was changed after it was signed": (batch) => ({
    ...signedBy(honest, resultText(batch, honest.fingerprint)),
    body: resultText(batch, honest.fingerprint, { wallMs: 2 }),
  }),
  "of another run": (batch) =>
    signedBy(honest, resultText({ ...batch, run: "0".repeat(32) }, honest.fingerprint)),
  "of a later version": (batch) =>
    signedBy(honest, resultText(batch, honest.fingerprint, { v: 2 })),
  "that is no result": () => signedBy(honest, "{}"),
};

/** A dispatcher that trusts one node, and what it hears. */
async function trustingDispatcher(prefix: string) {
  const events: ControllerEvent["kind"][] = [];
  const dispatcher = await clusterDispatcher(server.url, prefix, {
    trusted: new Set([honest.fingerprint]),
    observe: ({ kind }) => events.push(kind),
  });
  const refused = () => events.filter((kind) => kind === "refused").length;
  return { dispatcher, events, refused };
}

/** Waits until something holds. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10));
}

describe("a result", () => {
  const kinds = Object.entries(FORGED).map(([what, forge], at) => ({ what, forge, at }));

  test.each(kinds)("$what does not count: the trusted node's does", async ({ forge, at }) => {
    const prefix = `forged-${at}`;
    const { dispatcher, refused, events } = await trustingDispatcher(prefix);
    const pending = dispatcher.execute(run, { start: 0, end: 4 });
    const stream = await ResultStream.open(server.url, prefix);
    const batch = batchName(await stream.run(), 0, 4);
    await until(() => events.includes("dispatched"));
    await stream.send(batch, forge(batch));
    await until(() => refused() === 1);
    const node = await startNode(server.url, prefix, ["cpu"], { key: honest });
    const results = await pending;
    expect(results.map(({ index, valid }) => [index, valid])).toEqual(
      [0, 1, 2, 3].map((index) => [index, true]),
    );
    expect(refused()).toBe(1);
    await dispatcher.close();
    await node.stop();
    await stream.close();
  });

  test("of one batch does not count for another, nor a second time", async () => {
    const { dispatcher, events } = await trustingDispatcher("replayed");
    const stream = await ResultStream.open(server.url, "replayed");
    const heard: SentResult[] = [];
    stream.topology.connection.subscribe(stream.tenant.names.resultsAndParts(), {
      callback: (_, message) => {
        heard.push({
          body: message.string(),
          publicKey: message.headers?.get(KEY_HEADER) ?? "",
          signature: message.headers?.get(SIGNATURE_HEADER) ?? "",
        });
      },
    });
    const node = await startNode(server.url, "replayed", ["cpu"], { key: honest });
    await dispatcher.execute(run, { start: 0, end: 4 });
    await node.stop();
    const [first] = heard;
    if (first === undefined) throw new TypeError("no result was heard");

    const pending = dispatcher.execute(run, { start: 4, end: 8 });
    const other = batchName(await stream.run(), 4, 8);
    await stream.send(other, first);
    await until(() => events.includes("duplicate"));
    const again = await startNode(server.url, "replayed", ["cpu"], { key: honest });
    expect((await pending).map(({ index }) => index)).toEqual([4, 5, 6, 7]);
    await dispatcher.close();
    await again.stop();
    await stream.close();
  });
});

test("a run ends with the right results where somebody answers each batch first", async () => {
  const { dispatcher, refused } = await trustingDispatcher("race");
  const stream = await ResultStream.open(server.url, "race");
  const { connection } = stream.topology;
  const answered: BatchMessage[] = [];
  connection.subscribe(stream.tenant.names.batches(), {
    callback: (_, message) => {
      const batch = batchMessageSchema.parse(message.json());
      answered.push(batch);
      for (const forge of Object.values(FORGED)) void stream.send(batch, forge(batch));
    },
  });
  // One that takes its share of the batches, and signs what it does: all of that is done again.
  const rogue = await startNode(server.url, "race", ["cpu"], { key: stranger, mostBatches: 2 });
  const node = await startNode(server.url, "race", ["cpu"], { key: honest });
  expect(await resultsOf(run, dispatcher)).toBe(local);
  expect(answered.length).toBeGreaterThan(1);
  expect(refused()).toBeGreaterThanOrEqual(Object.keys(FORGED).length);
  // It ended by itself, with two that it did.
  await rogue.ended;
  await rogue.stop();
  await node.stop();
  await stream.close();
});

test("a run that goes on takes no result that does not count, nor a lie about which cases it holds", async () => {
  const options = { runName: "mine", trusted: new Set([honest.fingerprint]) };
  const first = await clusterDispatcher(server.url, "resumed", options);
  const preparing = first.prepare(run).catch(() => {});
  const stream = await ResultStream.open(server.url, "resumed");
  const id = await stream.run();
  for (const [at, forge] of Object.values(FORGED).entries()) {
    const batch = batchName(id, at, at + 1);
    await stream.send(batch, {
      ...forge(batch),
      cases: at === 0 ? "0-999999999" : `${at}-${at + 1}`,
    });
  }
  let dispatched = 0;
  const second = await clusterDispatcher(server.url, "resumed", {
    ...options,
    observe: ({ kind }) => void (kind === "dispatched" && dispatched++),
  });
  const node = await startNode(server.url, "resumed", ["cpu"], { key: honest });
  expect(await resultsOf(run, second)).toBe(local);
  // The description of the task, and more than one batch.
  expect(dispatched).toBeGreaterThan(2);
  await first.close();
  await preparing;
  await node.stop();
  await stream.close();
});

test("without a list of trusted nodes, one that signs what it says is believed", async () => {
  const dispatcher = await clusterDispatcher(server.url, "open");
  const pending = dispatcher.execute(run, { start: 0, end: 1 });
  const stream = await ResultStream.open(server.url, "open");
  const batch = batchName(await stream.run(), 0, 1);
  const sending = setInterval(
    () => void stream.send(batch, signedBy(stranger, resultText(batch, stranger.fingerprint))),
    50,
  );
  expect(await pending).toEqual([
    { index: 0, valid: false, error: { kind: "crash", message: "forged" } },
  ]);
  clearInterval(sending);
  await dispatcher.close();
  await stream.close();
});
