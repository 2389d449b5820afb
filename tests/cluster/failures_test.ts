import { nkeys } from "@nats-io/transport-node";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { consumerOf } from "../../src/cluster/lane.ts";
import { readResult } from "../../src/cluster/result_headers.ts";
import { openLane } from "../../src/cluster/tenant.ts";
import type { RunSpec } from "../../src/evaluate/run_spec.ts";
import { cupel, Folder } from "../cli/cupel.ts";
import { projectFile } from "../evaluate/runs.ts";
import { findNatsServer } from "../runner/nats_server.ts";
import { clusterDispatcher, CPU_LANE, startNode, topKRun } from "./support/cluster.ts";
import { ConfiguredServer, ServerFolder } from "./support/configured_server.ts";
import { freePort, NatsServer } from "./support/nats_server.ts";
import { type BatchName, batchName, ResultStream } from "./support/results.ts";

beforeEach(({ skip }) => {
  if (findNatsServer() === undefined) {
    skip("there is no nats-server: see tests/runner/nats_server.ts");
  }
});

describe("a server that lets nobody in is told with one message", () => {
  let server: ConfiguredServer;
  let folder: Folder;
  beforeAll(async () => {
    folder = new Folder();
    if (findNatsServer() === undefined) return;
    const config = `authorization { user: ours, password: right }\njetstream { store_dir: "js" }\n`;
    server = await ConfiguredServer.start(await ServerFolder.of(config));
  });
  afterAll(async () => {
    folder.dispose();
    await server?.close();
  });

  const evaluate = ["task.ts", "--baseline", "baseline.ts", "--candidate", "heap.ts"]
    .map((part) => part.startsWith("--") ? part : projectFile(`examples/top-k/${part}`));
  const commands = [
    ["worker"],
    ["evaluate", ...evaluate],
    ["spawner"],
    ["dlq", "list"],
  ].map((command) => ({ name: command[0], command }));

  test.each(commands)("$name: there is none", async ({ command }) => {
    const nats = ["--nats", `nats://127.0.0.1:${await freePort()}`];
    const { code, stdout, stderr } = await cupel([...command, ...nats]);
    expect([code, stdout]).toEqual([3, ""]);
    expect(stderr).toMatch(
      /^error: cannot connect to NATS at nats:\/\/127\.0\.0\.1:\d+: .*refused\n$/,
    );
  });

  test.each(commands)("$name: a tls:// address of one without TLS", async ({ command }) => {
    const url = server.address().replace("nats:", "tls:");
    const { code, stdout, stderr } = await cupel([...command, "--nats", url]);
    expect([code, stdout]).toEqual([3, ""]);
    expect(stderr).toBe(`error: cannot connect to NATS at ${url}: server does not support 'tls'\n`);
  });

  const refused =
    /^error: cannot connect to NATS at nats:\/\/127\.0\.0\.1:\d+: the server refuses the credentials\n$/;

  test.each(commands)(
    "$name: none, a wrong password, a stranger's file, no such file",
    async ({ command }) => {
      const password = folder.write("password", "wrong\n");
      const strangers = folder.write("strangers.creds", credentialsOfAStranger());
      const nonsense = folder.write("nonsense.creds", "no credentials\n");
      const run = async (...login: string[]) => {
        const { code, stdout, stderr } = await cupel([
          ...command,
          "--nats",
          server.address(),
          ...login,
        ]);
        expect([code, stdout]).toEqual([3, ""]);
        return stderr;
      };
      expect(await run()).toMatch(refused);
      expect(await run("--nats", server.address().replace("://", "://ours:right@"))).toBe(
        "error: cannot use --nats as it must not hold a user, a password or a token: use --nats-user with --nats-password-file, or --nats-creds\n",
      );
      const byPassword = ["--nats-user", "ours", "--nats-password-file"];
      expect(await run(...byPassword, password)).toMatch(refused);
      expect(await run("--nats-creds", strangers)).toMatch(refused);
      expect(await run("--nats-creds", nonsense)).toBe(
        `error: cannot use the NATS credentials (--nats-creds) in "${nonsense}" as it must hold a user's JWT and seed, as nsc makes it\n`,
      );
      expect(await run(...byPassword, `${password}.none`)).toMatch(
        /^error: cannot read the NATS password \(--nats-password-file\) from "\S+password\.none": it is not there\n$/,
      );
    },
  );
});

test("a run says that it waits for a server that went away, and goes on when it is back", async () => {
  const server = await NatsServer.start();
  const run = await topKRun(20);
  const told: string[] = [];
  const dispatcher = await clusterDispatcher(server.url, "away", {
    onWaiting: (reason) => told.push(reason),
  });
  const says = async (text: string) => {
    while (!told.some((line) => line.includes(text))) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const node = await startNode(server.url, "away", ["cpu"]);
  await dispatcher.prepare(run);
  await server.kill();
  const pending = dispatcher.execute(run, { start: 0, end: 4 });
  await says("does not answer");
  await server.restart();
  await says("answers again");
  expect((await pending).map(({ index }) => index)).toEqual([0, 1, 2, 3]);
  expect(told).toEqual([
    "the NATS server: it does not answer",
    "results: the NATS server answers again",
  ]);
  await dispatcher.close();
  await node.stop();
  await server.close();
});

test("a node says once that its server went away, and once that it is back", async () => {
  const server = await NatsServer.start();
  const run = await topKRun(20);
  const node = await startNode(server.url, "silent", ["cpu"], { concurrency: 3 });
  const dispatcher = await clusterDispatcher(server.url, "silent");
  await dispatcher.prepare(run);
  await dispatcher.close();
  await server.kill();
  const wait = (milliseconds: number) =>
    new Promise((resolve) => setTimeout(resolve, milliseconds));
  while (node.lines.length < 1) await wait(20);
  // Long enough for all slots to have asked once more.
  await wait(12_000);
  await server.restart();
  while (node.lines.length < 2) await wait(20);
  await wait(3000);
  await node.stop();
  expect(node.lines).toEqual([
    "Cannot use the NATS server: it does not answer: it is asked again",
    "the NATS server answers again",
  ]);
  await server.close();
});

/** A file as `nsc` makes it, of a user whom no server knows. */
function credentialsOfAStranger(): string {
  const seed = new TextDecoder().decode(nkeys.createUser().getSeed());
  return [
    "-----BEGIN NATS USER JWT-----",
    "e30.e30.eA",
    "------END NATS USER JWT------",
    "-----BEGIN USER NKEY SEED-----",
    seed,
    "------END USER NKEY SEED------",
    "",
  ].join("\n");
}

describe("messages of a later version", () => {
  let server: NatsServer;
  let run: RunSpec;
  beforeAll(async () => {
    if (findNatsServer() === undefined) return;
    server = await NatsServer.start();
    run = await topKRun(20);
  });
  afterAll(() => server?.close());

  const OLDER =
    /its version must be at most 1: current value is 2; the node [0-9a-f]{32} is of an older version$/;

  /** The result of a batch as it is stored, once it is there. */
  async function storedResult(
    { topology, tenant: { names } }: ResultStream,
    { run, id }: BatchName,
  ) {
    for (;;) {
      const found = await topology.manager.streams.getMessage(names.resultStream, {
        last_by_subj: names.result(run, id),
      });
      if (found !== null) return readResult({ data: found.data, headers: found.header });
    }
  }

  test("a batch: its controller hears of it, and does not wait for ever", async () => {
    const stream = await ResultStream.open(server.url, "batch");
    const { client, manager } = stream.topology;
    const dispatcher = await clusterDispatcher(server.url, "batch");
    const pending = dispatcher.execute(run, { start: 0, end: 4 });
    const batch = batchName(await stream.run(), 0, 4);
    const { names } = stream.tenant;
    const streamed = async () => (await manager.streams.info(names.batchStream)).state.messages;
    while (await streamed() === 0);
    // As if its controller were of a later version.
    await manager.streams.purge(names.batchStream);
    await client.publish(
      names.batch(CPU_LANE, batch.run, batch.id),
      JSON.stringify({
        v: 2,
        ...batch,
        what: "nobody knows yet",
      }),
    );
    const node = await startNode(server.url, "batch", ["cpu"]);
    await expect(pending).rejects.toThrow(OLDER);
    await expect(pending).rejects.toMatchObject({ code: "bad-input" });
    await node.stop();
    expect(node.lines).toEqual([
      "Cannot read a batch as its version must be at most 1: current value is 2: it is answered with that",
    ]);
    await dispatcher.close();
    await stream.close();
  });

  test("a run's manifest: nodes answer that they are too old for it", async () => {
    const stream = await ResultStream.open(server.url, "manifest");
    const { topology, tenant } = stream;
    await openLane(topology, tenant, CPU_LANE);
    const batch = batchName("0123456789abcdef0123456789abcdef", 0, 4);
    await tenant.runs.put(batch.run, JSON.stringify({ v: 2, run: batch.run }));
    const message = {
      v: 1,
      ...batch,
      tenant: "default",
      capabilityClass: "cpu",
      priority: "normal",
      job: { kind: "cases", batch: { start: 0, end: 4 } },
      createdAt: new Date().toISOString(),
    };
    await topology.client.publish(
      tenant.names.batch(CPU_LANE, batch.run, batch.id),
      JSON.stringify(message),
    );
    const node = await startNode(server.url, "manifest", ["cpu"]);
    const result = await storedResult(stream, batch);
    expect(result?.outcome).toEqual({
      ok: false,
      error: { code: "bad-input", message: expect.stringMatching(OLDER) },
    });
    await node.stop();
    const { num_ack_pending, num_pending } = await topology.manager.consumers
      .info(tenant.names.batchStream, consumerOf(CPU_LANE));
    expect([num_ack_pending, num_pending]).toEqual([0, 0]);
    await stream.close();
  });

  test("a run that a later version has taken over: the earlier controller ends, another of its version refuses", async () => {
    const stream = await ResultStream.open(server.url, "taken");
    const { tenant } = stream;
    const dispatcher = await clusterDispatcher(server.url, "taken", { runName: "mine" });
    const pending = dispatcher.execute(run, { start: 0, end: 4 });
    const ended = expect(pending).rejects.toThrow(
      /^Cannot go on with the run as another process has taken it over/,
    );
    const id = await stream.run();
    await tenant.runs.put(id, JSON.stringify({ v: 2, run: id }));
    await ended;
    await dispatcher.close();
    const second = await clusterDispatcher(server.url, "taken", { runName: "mine" });
    await expect(second.prepare(run)).rejects.toThrow(
      /^Cannot read a run's manifest as its version must be at most 1: current value is 2$/,
    );
    await second.close();
    // Nobody took the later one's entry away.
    expect((await tenant.runs.get(id))?.json()).toEqual({ v: 2, run: id });
    await stream.close();
  });
});
