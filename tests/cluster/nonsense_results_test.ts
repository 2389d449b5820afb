import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { encode } from "../../sandbox/values/encode.ts";
import type { ControllerEvent } from "../../src/cluster/events.ts";
import { jobId } from "../../src/cluster/job_id.ts";
import { batchMessageSchema, type ClusterJob } from "../../src/cluster/messages.ts";
import { newNodeKey } from "../../src/cluster/node_key.ts";
import { OneAtATime } from "../../src/cluster/one_at_a_time.ts";
import { NodeRuns } from "../../src/cluster/node_runs.ts";
import { LocalDispatcher } from "../../src/dispatch/local.ts";
import type { Dispatcher } from "../../src/evaluate/dispatcher.ts";
import type { RunSpec } from "../../src/evaluate/run_spec.ts";
import type { ShrinkRequest } from "../../src/evaluate/shrink.ts";
import { findNatsServer } from "../runner/nats_server.ts";
import { clusterDispatcher, resultsOf, startNode, topKRun } from "./support/cluster.ts";
import { NatsServer } from "./support/nats_server.ts";
import { ResultStream, resultText, signedBy } from "./support/results.ts";

let server: NatsServer;
let run: RunSpec;
let local: Dispatcher;

beforeAll(async () => {
  if (findNatsServer() === undefined) return;
  server = await NatsServer.start();
  run = await topKRun(20);
  local = new LocalDispatcher(1);
});
beforeEach(({ skip }) => {
  if (findNatsServer() === undefined) {
    skip("there is no nats-server: see tests/runner/nats_server.ts");
  }
});
afterAll(async () => {
  await local?.close();
  await server?.close();
});

/** A node that lies, with a key of its own: its signature is good. */
const liar = newNodeKey();

const batch = { start: 0, end: 2 };
const request: ShrinkRequest = {
  index: 0,
  size: 10,
  arm: "candidate",
  violation: { kind: "property", name: "same as the baseline" },
  isRegression: true,
  tries: 10,
  fuel: 1_000_000_000,
};
const cases = [{ index: 0, path: [] }, { index: 1, path: [] }];

/** What a controller asks for, by the kind of job. */
const ASKED: Record<
  ClusterJob["kind"],
  { job: ClusterJob; ask: (dispatcher: Dispatcher) => Promise<unknown> }
> = {
  describe: { job: { kind: "describe" }, ask: (it) => it.prepare(run) },
  cases: { job: { kind: "cases", batch }, ask: (it) => it.execute(run, batch) },
  shrink: { job: { kind: "shrink", request }, ask: (it) => it.shrink(run, request) },
  examine: { job: { kind: "examine", cases }, ask: (it) => it.examine(run, cases) },
};

const error = { kind: "crash", message: "forged" };
const invalid = (index: number) => ({ index, valid: false, error });

/** What no node gives that is in its right mind. */
const NONSENSE: Record<ClusterJob["kind"], unknown[]> = {
  describe: [null, {}, [], { ok: false, problem: "forged" }, "a task"],
  cases: [
    null,
    [],
    [null],
    [1, 2],
    [invalid(0)],
    [invalid(0), invalid(0)],
    [invalid(1), invalid(0)],
    [invalid(0), { ...invalid(1), error: { kind: "mischief", message: "" } }],
    [invalid(0), { index: 1, valid: true, arms: {} }],
  ],
  shrink: [
    null,
    [],
    { index: 0 },
    { index: 3, path: [], size: 1, tries: 1, ended: "minimal" },
    { index: 0, path: [-1], size: 1, tries: 1, ended: "minimal" },
  ],
  examine: [null, [], [{}], [invalid(0)], [invalid(1), invalid(0)], [null, null]],
};

const withoutTimes = (value: unknown) =>
  JSON.stringify(value, (key, part) => key === "wallMs" ? 0 : part);

describe("what a node signs that is not what its job comes to is as if it never came", () => {
  const kinds = Object.keys(ASKED) as ClusterJob["kind"][];

  test.each(kinds)("%s: another node does it", async (kind) => {
    const { job, ask } = ASKED[kind];
    const refused: ControllerEvent[] = [];
    const said: string[] = [];
    const dispatcher = await clusterDispatcher(server.url, `nonsense-${kind}`, {
      observe: (event) => void (event.kind === "refused" && refused.push(event)),
      onNotice: (line) => said.push(line),
    });
    const asked = ask(dispatcher);
    const stream = await ResultStream.open(server.url, `nonsense-${kind}`);
    const name = await stream.run();
    const id = jobId(name, job);
    const values = [...NONSENSE[kind].map((value) => encode(value)), "zlib:////", "{"];
    for (const [epoch, value] of values.entries()) {
      const outcome = { ok: true, value };
      const body = resultText({ run: name, id, epoch }, liar.fingerprint, { outcome });
      await stream.send({ run: name, id, epoch }, signedBy(liar, body));
      while (refused.length <= epoch) await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const node = await startNode(server.url, `nonsense-${kind}`, ["cpu"]);
    expect(withoutTimes(await asked)).toBe(withoutTimes(await ask(local)));
    // People hear once of the node, and why.
    expect(said).toEqual([
      expect.stringMatching(
        new RegExp(
          `^the node ${liar.fingerprint} gives results that do not count: Cannot (read|use) .+`,
        ),
      ),
    ]);
    await dispatcher.close();
    await node.stop();
    await stream.close();
  });
});

test("results that have other metrics than the task are refused as well", async () => {
  let refused = 0;
  const dispatcher = await clusterDispatcher(server.url, "unfit", {
    observe: ({ kind }) => void (kind === "refused" && refused++),
  });
  const stream = await ResultStream.open(server.url, "unfit");
  const node = await startNode(server.url, "unfit", ["cpu"], { mostBatches: 1 });
  await dispatcher.prepare(run);
  await node.stop();
  const asked = dispatcher.execute(run, batch);
  const name = await stream.run();
  const results = await local.execute(run, batch);
  const unfit = results.map((result) => ({ ...result, cluster: "one that no task names" }));
  const id = jobId(name, { kind: "cases", batch });
  const outcome = { ok: true, value: encode(unfit) };
  const body = resultText({ run: name, id, epoch: 0 }, liar.fingerprint, { outcome });
  await stream.send({ run: name, id, epoch: 0 }, signedBy(liar, body));
  while (refused === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  const honest = await startNode(server.url, "unfit", ["cpu"]);
  expect(withoutTimes(await asked)).toBe(withoutTimes(results));
  await dispatcher.close();
  await honest.stop();
  await stream.close();
});

test("a node that answers every batch with nonsense first does not change a report", async () => {
  const expected = await resultsOf(run, new LocalDispatcher(1));
  const dispatcher = await clusterDispatcher(server.url, "always");
  const stream = await ResultStream.open(server.url, "always");
  stream.topology.connection.subscribe(stream.tenant.names.batches(), {
    callback: (_, message) => {
      const asked = batchMessageSchema.parse(message.json());
      for (const value of NONSENSE[asked.job.kind]) {
        const outcome = { ok: true, value: encode(value) };
        void stream.send(
          asked,
          signedBy(liar, resultText(asked, liar.fingerprint, { outcome })),
        );
      }
    },
  });
  const node = await startNode(server.url, "always", ["cpu"]);
  expect(await resultsOf(run, dispatcher)).toBe(expected);
  await node.stop();
  await stream.close();
});

test("a node that failed ends the run with its name, which is no fault of the controller's", async () => {
  const dispatcher = await clusterDispatcher(server.url, "failed");
  const asked = dispatcher.execute(run, batch);
  asked.catch(() => {});
  const stream = await ResultStream.open(server.url, "failed");
  const name = await stream.run();
  const id = jobId(name, { kind: "cases", batch });
  // Nodes drop what is cancelled: none says so. Each under an epoch of its own, as the server takes one once.
  for (const [epoch, code] of ["cancelled", "internal"].entries()) {
    const outcome = { ok: false, error: { code, message: "boo" } };
    const body = resultText({ run: name, id, epoch }, liar.fingerprint, { outcome });
    await stream.send({ run: name, id, epoch }, signedBy(liar, body));
  }
  await expect(asked).rejects.toMatchObject({
    code: "bad-input",
    message: `Cannot go on with the run: the node ${liar.fingerprint} failed: boo`,
  });
  await dispatcher.close();
  await stream.close();
});

test("many results that unpack to much are read one at a time", async () => {
  const order: string[] = [];
  const large = new OneAtATime();
  const read = (name: string, ms: number) =>
    large.do(async () => {
      order.push(`${name} begins`);
      await new Promise((resolve) => setTimeout(resolve, ms));
      order.push(`${name} ends`);
      if (name === "a") throw new TypeError("boo");
    });
  const all = await Promise.allSettled([read("a", 20), read("b", 1), read("c", 1)]);
  expect(all.map(({ status }) => status)).toEqual(["rejected", "fulfilled", "fulfilled"]);
  expect(order).toEqual(["a", "b", "c"].flatMap((name) => [`${name} begins`, `${name} ends`]));
});

test("a node does nothing for a run in whose place another one was put", async () => {
  const dispatcher = await clusterDispatcher(server.url, "swapped");
  const asked = dispatcher.execute(run, batch);
  asked.catch(() => {});
  const stream = await ResultStream.open(server.url, "swapped");
  const name = await stream.run();
  const entry = await stream.tenant.runs.get(name);
  const manifest = JSON.parse(entry?.string() ?? "");
  const { artifacts } = manifest;
  const swapped = { ...manifest, artifacts: { ...artifacts, candidate: artifacts.baseline } };
  await stream.tenant.runs.put(name, JSON.stringify(swapped));
  const runs = new NodeRuns(stream.topology, { concurrency: 1 });
  const used = runs.use("default", name, () => Promise.resolve("was executed"));
  await expect(used).rejects.toThrow(/^Cannot execute run [0-9a-f]{32} as .* is not that run$/);
  await expect(asked).rejects.toThrow(/another process has taken it over, or taken it away$/);
  await runs.close();
  await dispatcher.close().catch(() => {});
  await stream.close();
});
