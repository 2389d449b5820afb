import { randomBytes } from "node:crypto";
import { Objm } from "@nats-io/obj";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { tenantNames } from "../../src/cluster/names.ts";
import { LocalDispatcher } from "../../src/dispatch/local.ts";
import { cupel, Folder } from "../cli/cupel.ts";
import { projectFile } from "../evaluate/runs.ts";
import { findNatsServer } from "../runner/nats_server.ts";
import { clusterDispatcher, topKRun } from "./support/cluster.ts";
import { FullServer } from "./support/full_server.ts";
import { NodeProcess } from "./support/nodes.ts";

const MIB = 2 ** 20;

/** Milliseconds in which a node tries several times to store what it did. */
const SOME_TRIES_MS = 1000;

const { batchStream, resultStream, artifacts } = tenantNames("full", "default");

let folder: Folder;
beforeAll(() => {
  folder = new Folder();
});
beforeEach(({ skip }) => {
  if (findNatsServer() === undefined) {
    skip("there is no nats-server: see tests/runner/nats_server.ts");
  }
});
afterAll(() => folder.dispose());

const NO_ROOM =
  "cannot use the NATS server: it has no room left for what is stored \\([a-z ]+\\): delete something, " +
  "or give it more \\(max_file_store of the server, max_file of the account, max_bytes of a stream\\)";

/** What a controller prints that ends as the server is full. */
const REFUSED = new RegExp(`^error: ${NO_ROOM}, and start the same again\\n$`);

/** What a node prints meanwhile. */
const WAITS = new RegExp(`^${NO_ROOM}; what is done waits for that\\n$`, "i");

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Waits until something holds. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!await holds()) await wait(10);
}

function startWorker(url: string): Promise<NodeProcess> {
  return NodeProcess.start(url, ["--prefix", "full", "--concurrency", "1", "--ack-wait", "2s"]);
}

/** `cupel evaluate` on top-k, on this machine. */
function evaluation(cases: number, candidate = projectFile("examples/top-k/heap.ts")): string[] {
  const [task = "", baseline = ""] = ["task.ts", "baseline.ts"]
    .map((name) => projectFile(`examples/top-k/${name}`));
  const files = [task, "--baseline", baseline, "--candidate", candidate];
  return ["evaluate", ...files, "--json", "-n", `${cases}`];
}

/** What makes it one on the cluster, that can be called again. */
function onCluster(url: string): string[] {
  return ["--nats", url, "--prefix", "full", "--ack-wait", "2s", "--run", "mine"];
}

function withoutTimes(json: string): string {
  return json.replaceAll(/"wallMs": ?[\d.]+/g, "");
}

describe("while there is no room for results", () => {
  test.each(["server", "account"] as const)(
    "as the %s is full, a node says so once, keeps what it did, and stores it when there is",
    async (whose) => {
      const run = await topKRun(600);
      const batch = { start: 0, end: 600 };
      const server = await FullServer.start(4 * MIB, whose);
      const node = await startWorker(server.url);
      const dispatcher = await clusterDispatcher(server.url, "full");
      await dispatcher.prepare(run);
      await server.fillMost();
      const pending = dispatcher.execute(run, batch);
      await until(async () => {
        const lane = await server.manager.consumers.info(batchStream, "cpu__normal");
        return lane.num_ack_pending > 0;
      });
      await server.fill();
      await until(() => node.stderr !== "");
      await wait(SOME_TRIES_MS);
      expect(node.stderr).toMatch(WAITS);
      await server.makeRoom();
      const results = JSON.stringify(await pending, undefined, 1);
      const here = new LocalDispatcher(1);
      const local = JSON.stringify(await here.execute(run, batch), undefined, 1);
      expect(withoutTimes(results)).toBe(withoutTimes(local));
      await here.close();
      await dispatcher.close();
      expect(await node.stop()).toBe(0);
      expect(node.stderr).toMatch(WAITS);
      await server.close();
    },
  );
});

test("a controller ends when the server is full, and called again, goes on when there is room", async () => {
  const server = await FullServer.start(4 * MIB);
  const node = await startWorker(server.url);
  const args = evaluation(800);
  const stored = () =>
    server.manager.streams.info(resultStream).then(({ state }) => state.messages, () => 0);
  await server.fillMost();
  const first = cupel([...args, ...onCluster(server.url)]);
  await until(async () => await stored() >= 4);
  await server.fill();
  const { code, stdout, stderr } = await first;
  expect([code, stdout]).toEqual([3, ""]);
  expect(stderr).toMatch(REFUSED);
  // What was done is there for the next.
  const done = await stored();
  expect(done).toBeGreaterThanOrEqual(4);
  await server.makeRoom();
  const [second, here] = await Promise.all([
    cupel([...args, ...onCluster(server.url)]),
    cupel(args),
  ]);
  expect(second.code).toBe(here.code);
  expect(second.stderr).toMatch(/^the run goes on: \d+ of its batches are done\n$/);
  expect(withoutTimes(second.stdout)).toBe(withoutTimes(here.stdout));
  expect(await node.stop()).toBe(0);
  await server.close();
});

describe("an artifact for which there is no room", () => {
  /** A candidate that does not get small: more than a mebibyte, whatever is done to it. */
  function largeCandidate(): string {
    const noise = randomBytes(1.5 * MIB).toString("base64");
    return folder.write(
      "large.ts",
      `import { topK as other } from ${JSON.stringify(projectFile("examples/top-k/heap.ts"))};
      const noise = "${noise}";
      export function topK(values: number[], k: number) {
        return noise === "" ? [] : other(values, k);
      }\n`,
    );
  }

  async function isTakenLater(url: string, args: string[], makeRoom: () => Promise<unknown>) {
    const { code, stdout, stderr } = await cupel([...args, ...onCluster(url)]);
    expect([code, stdout]).toEqual([3, ""]);
    expect(stderr).toMatch(REFUSED);
    await makeRoom();
    const node = await startWorker(url);
    const [second, here] = await Promise.all([cupel([...args, ...onCluster(url)]), cupel(args)]);
    expect([second.code, second.stderr]).toEqual([here.code, ""]);
    expect(withoutTimes(second.stdout)).toBe(withoutTimes(here.stdout));
    expect(await node.stop()).toBe(0);
  }

  test("as the account is full", async () => {
    const server = await FullServer.start(5 * MIB, "account");
    await server.fillMost();
    await isTakenLater(server.url, evaluation(20, largeCandidate()), () => server.makeRoom());
    await server.close();
  });

  test("as its bucket has a limit", async () => {
    const server = await FullServer.start(16 * MIB);
    const bucket = await new Objm(server.client).create(artifacts, { max_bytes: MIB });
    const limit = (max_bytes: number) =>
      server.manager.streams.update(`OBJ_${artifacts}`, { max_bytes });
    await isTakenLater(server.url, evaluation(20, largeCandidate()), () => limit(8 * MIB));
    expect((await bucket.status()).size).toBeLessThan(4 * MIB);
    await server.close();
  });
});
