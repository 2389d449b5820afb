import { readFile, writeFile } from "node:fs/promises";
import { createInbox, type NatsConnection } from "@nats-io/transport-node";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { LocalDispatcher } from "../../src/dispatch/local.ts";
import { ClusterDispatcher } from "../../src/cluster/cluster_dispatcher.ts";
import { connectTo } from "../../src/cluster/connection.ts";
import { ClusterNode } from "../../src/cluster/node.ts";
import { letterOrigin } from "../../src/cluster/letter_origin.ts";
import { runId } from "../../src/cluster/run_identity.ts";
import { newNodeKey } from "../../src/cluster/node_key.ts";
import { openCluster } from "../../src/cluster/open.ts";
import { QueueReader } from "../../src/cluster/metrics/queue_reader.ts";
import { openLane, openTenant } from "../../src/cluster/tenant.ts";
import { openTopology, type Topology } from "../../src/cluster/topology.ts";
import { cupel } from "../cli/cupel.ts";
import { projectFile } from "../evaluate/runs.ts";
import { findNatsServer } from "../runner/nats_server.ts";
import { ACK_WAIT_MS, resultsOf, topKRun } from "./support/cluster.ts";
import { ConfiguredServer, ServerFolder } from "./support/configured_server.ts";
import { manifestOf } from "./support/dead_letters.ts";
import { NodeProcess } from "./support/nodes.ts";

const USERS = ["controller", "worker", "viewer", "controller-team-a", "worker-team-a"] as const;

type User = (typeof USERS)[number];

let folder: ServerFolder;
let server: ConfiguredServer;

beforeAll(async () => {
  if (findNatsServer() === undefined) return;
  folder = await ServerFolder.deployed();
  server = await ConfiguredServer.start(folder, "cupel.conf");
});
beforeEach(({ skip }) => {
  if (findNatsServer() === undefined) {
    skip("there is no nats-server: see tests/runner/nats_server.ts");
  }
});
afterAll(() => server?.close());

/** How a user reaches the server. */
function addressOf(user: User, prefix = "cupel") {
  return {
    servers: [server.address("tls")],
    prefix,
    ackWaitMs: ACK_WAIT_MS,
    user,
    passwordFile: folder.file("secrets", user),
    tlsCaFile: folder.file("certificates", "ca.pem"),
  };
}

function connectAs(user: User): Promise<NatsConnection> {
  return connectTo({ ...addressOf(user), name: "test" });
}

function flagsOf(user: User): string[] {
  const { servers: [url = ""], passwordFile, tlsCaFile } = addressOf(user);
  const login = ["--nats-user", user, "--nats-password-file", passwordFile];
  return ["--nats", url, ...login, "--tls-ca", tlsCaFile, "--ack-wait", `${ACK_WAIT_MS}ms`];
}

/** What the operator does for a tenant: a controller of all tenants makes its streams. */
async function makeTenants(): Promise<Topology> {
  const cluster = await openCluster(addressOf("controller"), "controller");
  await openTenant(cluster, "team-a");
  await openTenant(cluster, "default");
  return cluster;
}

describe("deploy/nats", () => {
  test("is valid, and each user may do what its account imports", async () => {
    expect(folder.check("cupel.conf")).toMatch(/configuration file cupel\.conf is valid/);
    const text = await readFile(folder.file("cupel.conf"), "utf8");
    const accounts = text.split(/^ {2}(?=CUPEL_)/m).slice(1);
    expect(accounts.length).toBe(4);
    for (const account of accounts) {
      const allowed = stringsIn(/allow: \[\n([^\]]*)\]/.exec(account)?.[1]);
      const heard = stringsIn(/subscribe \{ allow: \[([^\]]*)\]/.exec(account)?.[1]);
      expect(importsOf(account, "service")).toEqual(allowed);
      expect(importsOf(account, "stream")).toEqual(heard);
    }
  });

  test("takes another tenant as its README says", async () => {
    const own = await ServerFolder.deployed();
    const renamed = (text: string) =>
      text.replaceAll("team-a", "team-b").replaceAll("TEAM_A", "TEAM_B");
    const secrets = await readFile(own.file("secrets.sh"), "utf8");
    const users = "controller-team-a worker-team-a";
    await writeFile(
      own.file("secrets.sh"),
      secrets.replace(users, `${users} ${renamed(users)}`),
    );
    own.makeSecrets();
    const text = await readFile(own.file("cupel.conf"), "utf8");
    const [head = "", workers = "", controllers = "", rest = ""] = text.split(
      /^(?= {2}CUPEL_(?:WORKERS_TEAM_A|CONTROLLERS_TEAM_A|VIEWERS) )/m,
    );
    const twice = (pattern: RegExp, where: string) =>
      where.replace(pattern, (line) => line + renamed(line));
    const all = twice(/^ +\{ stream: "_INBOX_[a-z]+-team-a\.>" \}\n/gm, head);
    const both = twice(/^.*CUPEL_CONTROLLERS_TEAM_A, .*\n/gm, all);
    const accounts = [workers, renamed(workers), controllers, renamed(controllers)];
    await writeFile(own.file("cupel.conf"), [both, ...accounts, rest].join(""));
    const second = await ConfiguredServer.start(own, "cupel.conf");
    const address = (user: string) => ({
      ...addressOf("controller"),
      servers: [second.address("tls")],
      user,
      passwordFile: own.file("secrets", user),
      tlsCaFile: own.file("certificates", "ca.pem"),
    });
    const operator = await openCluster(address("controller"), "controller");
    await openTenant(operator, "team-b");
    const run = await topKRun(20);
    const worker = await openCluster(address("worker"), "worker");
    const node = new ClusterNode(worker, {
      capabilities: ["cpu"],
      only: [],
      weights: new Map(),
      concurrency: 1,
      key: newNodeKey(),
    });
    const ended = node.run();
    const dispatcher = new ClusterDispatcher(
      await openCluster(address("controller-team-b"), "controller"),
      {
        lane: { tenant: "team-b", capabilityClass: "cpu", priority: "normal" },
        mostInFlight: 10,
      },
    );
    expect(await resultsOf(run, dispatcher)).toBe(await resultsOf(run, new LocalDispatcher(1)));
    node.drain();
    await ended;
    await worker.connection.close();
    await operator.connection.close();
    await second.close();
  });

  test("runs a whole evaluation, with the report of this machine", async () => {
    const files = ["task.ts", "--baseline", "baseline.ts", "--candidate", "heap.ts"]
      .map((part) => part.startsWith("--") ? part : projectFile(`examples/top-k/${part}`));
    const args = ["evaluate", ...files, "--json", "-n", "60"];
    const evaluating = cupel([...args, ...flagsOf("controller")]);
    await makeTenants().then(({ connection }) => connection.close());
    const [url = "", ...login] = flagsOf("worker").slice(1);
    const node = await NodeProcess.start(url, login);
    const [{ code, stdout }, here] = await Promise.all([evaluating, cupel(args)]);
    expect([code, node.stderr]).toEqual([0, ""]);
    expect(withoutTimes(stdout)).toBe(withoutTimes(here.stdout));
    expect(await node.stop()).toBe(0);
  });

  test("runs a tenant's work with users that see its names only", async () => {
    const operator = await makeTenants();
    const run = await topKRun(60);
    const [controller, worker] = [
      await openCluster(addressOf("controller-team-a"), "controller"),
      await openCluster(addressOf("worker-team-a"), "worker"),
    ];
    const lines: string[] = [];
    const node = new ClusterNode(worker, {
      capabilities: ["cpu"],
      only: [],
      tenants: ["team-a"],
      weights: new Map(),
      concurrency: 1,
      key: newNodeKey(),
      log: (line) => lines.push(line),
    });
    const ended = node.run();
    const dispatcher = new ClusterDispatcher(controller, {
      lane: { tenant: "team-a", capabilityClass: "cpu", priority: "normal" },
      mostInFlight: 1000,
    });
    const results = await resultsOf(run, dispatcher);
    node.drain();
    await ended;
    expect([lines, results]).toEqual([[], await resultsOf(run, new LocalDispatcher(1))]);
    const known = runId("team-a", manifestOf(RUN));
    for (const tenant of ["team-a", "default"]) {
      const { runs } = await openTenant(operator, tenant);
      await runs.put(known, JSON.stringify(manifestOf(known)));
    }
    const files = { task: "a.ts", baseline: "a.ts", candidate: "a.ts" };
    expect(await letterOrigin(worker, "team-a", known)).toEqual({
      name: "build 12",
      seed: 7,
      ...files,
    });
    expect(await letterOrigin(worker, "default", known)).toBeUndefined();
    for (const tenant of ["team-a", "default"]) {
      await (await openTenant(operator, tenant)).runs.delete(known);
    }
    await worker.connection.close();
    await operator.connection.close();
  });

  test("lets a worker wait for the first controller, and tells others what is missing", async () => {
    const own = await ServerFolder.deployed();
    const fresh = await ConfiguredServer.start(own, "cupel.conf");
    const address = (user: User) => ({
      ...addressOf(user),
      servers: [fresh.address("tls")],
      passwordFile: own.file("secrets", user),
      tlsCaFile: own.file("certificates", "ca.pem"),
    });
    await expect(openCluster(address("viewer"), "viewer")).rejects.toThrow(
      /^Cannot use the NATS server: what the cluster keeps there is not made yet, and these credentials may not make it \(.*STREAM\.CREATE\.KV_cupel_lanes"\): start a controller that may, first$/,
    );
    const told = Promise.withResolvers<string>();
    const opening = openCluster(address("worker"), "worker", told.resolve);
    expect(await told.promise).toBe(
      "a controller to make what the cluster cupel keeps on the server",
    );
    const controller = await openCluster(address("controller"), "controller");
    await (await opening).connection.close();
    await controller.connection.close();
    await fresh.close();
  });

  test("ends a node at once that may not do what a node does", async () => {
    const operator = await makeTenants();
    const viewer = await openCluster(addressOf("viewer"), "worker");
    const node = new ClusterNode(viewer, {
      capabilities: ["cpu"],
      only: [],
      weights: new Map(),
      concurrency: 1,
      key: newNodeKey(),
    });
    await expect(node.run()).rejects.toThrow(
      /^Cannot use the NATS server: these credentials do not allow it \(Permissions Violation for Publish to "\$KV\.cupel_nodes\./,
    );
    await viewer.connection.close();
    await operator.connection.close();
    const { code, stderr } = await cupel(["worker", ...flagsOf("viewer")]);
    expect([code, stderr.replace(/ \(.*\)/, "")]).toEqual([
      3,
      "error: cannot use the NATS server: these credentials do not allow it: is another tenant meant, or user?\n",
    ]);
  });
});

const RUN = "0123456789abcdef0123456789abcdef";

/** What each role must not do: by what is published for it. */
const FORBIDDEN: Record<Exclude<User, "controller">, Record<string, string>> = {
  worker: {
    "publish work": `cupel.batch.default.cpu.normal.${RUN}.${RUN}`,
    "make a stream": "$JS.API.STREAM.CREATE.mine",
    "change a stream": "$JS.API.STREAM.UPDATE.cupel_batches_default",
    "delete a stream": "$JS.API.STREAM.DELETE.cupel_batches_default",
    "purge a stream": "$JS.API.STREAM.PURGE.cupel_batches_default",
    "delete a message": "$JS.API.STREAM.MSG.DELETE.cupel_batches_default",
    "delete a consumer": "$JS.API.CONSUMER.DELETE.cupel_batches_default.cpu__normal",
    "make a consumer of batches":
      "$JS.API.CONSUMER.CREATE.cupel_batches_default.mine.cupel.batch.default.>",
    "have nodes' entries delivered":
      "$JS.API.CONSUMER.CREATE.KV_cupel_nodes.mine.$KV.cupel_nodes.>",
    "delete a run": `$KV.cupel_runs_default.${RUN}`,
    "write an artifact": "$O.cupel_artifacts_default.C.mine",
    "name an artifact": "$O.cupel_artifacts_default.M.mine",
    "make a lane": "$KV.cupel_lanes.default.cpu.normal",
    "have an object made a batch": "$JS.API.DIRECT.GET.OBJ_cupel_artifacts_default",
  },
  "worker-team-a": {
    "publish work": `cupel.batch.team-a.cpu.normal.${RUN}.${RUN}`,
    "read another tenant's artifact": "$JS.API.STREAM.MSG.GET.OBJ_cupel_artifacts_default",
    "read another tenant's artifact's bytes":
      "$JS.API.CONSUMER.CREATE.OBJ_cupel_artifacts_default.mine.$O.cupel_artifacts_default.C.x",
    "read another tenant's run": "$JS.API.STREAM.MSG.GET.KV_cupel_runs_default",
    "watch another tenant's runs":
      "$JS.API.CONSUMER.CREATE.KV_cupel_runs_default.mine.$KV.cupel_runs_default.>",
    "read another tenant's batches": "$JS.API.STREAM.MSG.GET.cupel_batches_default",
    "take another tenant's batch": "$JS.API.CONSUMER.MSG.NEXT.cupel_batches_default.cpu__normal",
    "acknowledge another tenant's batch": "$JS.ACK.cupel_batches_default.cpu__normal.1.1.1.1.0",
    "answer for another tenant": `cupel.result.default.${RUN}.${RUN}`,
    "put another tenant's dead letter": `cupel.dead.default.${RUN}.${RUN}`,
    "delete a run": `$KV.cupel_runs_team-a.${RUN}`,
    "purge a stream": "$JS.API.STREAM.PURGE.cupel_batches_team-a",
  },
  "controller-team-a": {
    "publish another tenant's work": `cupel.batch.default.cpu.normal.${RUN}.${RUN}`,
    "make a stream, of another's messages": "$JS.API.STREAM.CREATE.cupel_dead_team-a",
    "drop another tenant's dead letter": "$JS.API.STREAM.MSG.DELETE.cupel_dead_default",
    "delete a message that is no dead letter": "$JS.API.STREAM.MSG.DELETE.cupel_results_team-a",
    "read another tenant's run": "$JS.API.STREAM.MSG.GET.KV_cupel_runs_default",
    "delete another tenant's run": `$KV.cupel_runs_default.${RUN}`,
    "purge another tenant's results": "$JS.API.STREAM.PURGE.cupel_results_default",
    "purge batches, which strands those that wait": "$JS.API.STREAM.PURGE.cupel_batches_team-a",
    "remove another tenant's batch": "$JS.API.STREAM.MSG.DELETE.cupel_batches_default",
    "make another tenant's lane": "$KV.cupel_lanes.default.cpu.normal",
    "publish a result": `cupel.result.team-a.${RUN}.${RUN}`,
    "say that a node lives": "$KV.cupel_nodes.mine",
  },
  viewer: {
    "purge a stream": "$JS.API.STREAM.PURGE.cupel_results_default",
    "drop a dead letter": "$JS.API.STREAM.MSG.DELETE.cupel_dead_default",
    "delete a stream": "$JS.API.STREAM.DELETE.cupel_results_default",
    "publish work": `cupel.batch.default.cpu.normal.${RUN}.${RUN}`,
    "publish a result": `cupel.result.default.${RUN}.${RUN}`,
    "take a batch": "$JS.API.CONSUMER.MSG.NEXT.cupel_batches_default.cpu__normal",
    "acknowledge a batch": "$JS.ACK.cupel_batches_default.cpu__normal.1.1.1.1.0",
    "delete a run": `$KV.cupel_runs_default.${RUN}`,
    "say that a node lives": "$KV.cupel_nodes.mine",
  },
};

/** What each role may do besides what the runs above have shown. */
const ALLOWED: Partial<Record<User, string[]>> = {
  viewer: [
    "$JS.API.STREAM.NAMES",
    "$JS.API.STREAM.INFO.cupel_dead_default",
    "$JS.API.STREAM.MSG.GET.cupel_dead_default",
    "$JS.API.CONSUMER.LIST.cupel_batches_default",
  ],
  "controller-team-a": [
    "$JS.API.STREAM.INFO.cupel_dead_team-a",
    "$JS.API.STREAM.MSG.GET.cupel_dead_team-a",
    "$JS.API.STREAM.MSG.DELETE.cupel_dead_team-a",
  ],
  // What waits in a lane: the spawner asks with the credentials that its workers have.
  "worker-team-a": ["$JS.API.CONSUMER.INFO.cupel_batches_team-a.cpu__normal"],
  worker: [
    "$JS.API.CONSUMER.INFO.cupel_batches_default.cpu__normal",
    "$JS.API.STREAM.INFO.cupel_batches_default",
    `cupel.result.default.${RUN}.${RUN}`,
    `cupel.dead.default.${RUN}.${RUN}`,
    "$KV.cupel_nodes.mine",
  ],
};

describe("users of deploy/nats", () => {
  let operator: Topology;
  const connections = new Map<User, NatsConnection>();
  const connectionOf = (user: User) => {
    const connection = connections.get(user);
    if (connection === undefined) throw new TypeError(user);
    return connection;
  };

  beforeAll(async () => {
    if (findNatsServer() === undefined) return;
    operator = await makeTenants();
    for (const user of USERS) connections.set(user, await connectAs(user));
  });
  afterAll(async () => {
    await operator?.connection.close();
    for (const connection of connections.values()) await connection.close();
  });

  const forbidden = Object.entries(FORBIDDEN).flatMap(([user, actions]) =>
    Object.entries(actions).map(([action, subject]) => ({ user: user as User, action, subject }))
  );

  test.each(forbidden)("$user may not $action", async ({ user, subject }) => {
    await expect(connectionOf(user).request(subject, "{}")).rejects.toThrow(
      `Permissions Violation for Publish to "${subject}"`,
    );
  });

  test("nobody but a node says that it lives, not even a controller", async () => {
    await expect(connectionOf("controller").request("$KV.cupel_nodes.mine", "{}")).rejects
      .toThrow("Permissions Violation");
  });

  const allowed = Object.entries(ALLOWED).flatMap(([user, subjects]) =>
    subjects.map((subject) => ({ user: user as User, subject }))
  );

  test.each(allowed)("$user may ask $subject", async ({ user, subject }) => {
    const { data } = await connectionOf(user).request(subject, subject.includes("GET") ? "{}" : "");
    expect(data.length).toBeGreaterThan(0);
  });

  test("no user hears the answers to another, nor what is not for it", async () => {
    for (const user of USERS) {
      const others = USERS.filter((one) => one !== user).map((one) => `_INBOX_${one}.>`);
      const all = [...others, ">", "_INBOX.>", "$KV.>", "$O.>", "cupel.>"];
      for (const subject of all) {
        expect(await refusal(connectionOf(user), subject)).toMatch(/Permissions Violation/);
      }
    }
    for (const user of ["worker-team-a", "controller-team-a"] as const) {
      for (const subject of ["cupel.batch.default.>", "cupel.result.default.>"]) {
        expect(await refusal(connectionOf(user), subject)).toMatch(/Permissions Violation/);
      }
    }
  });

  test.each(
    [
      ["controller", ["default", "team-a"], true],
      ["viewer", ["default", "team-a"], true],
      ["worker", ["default", "team-a"], false],
      ["worker-team-a", ["team-a"], false],
      ["controller-team-a", ["team-a"], false],
    ] as const,
  )("metrics of %s are those of what it may see", async (user, tenants, seesNodes) => {
    for (const tenant of ["default", "team-a"]) {
      const lane = { tenant, capabilityClass: "cpu", priority: "normal" } as const;
      await openLane(operator, await openTenant(operator, tenant), lane);
    }
    const topology = await openCluster(addressOf(user), "metrics");
    const { queues, nodes } = await new QueueReader(topology).read(AbortSignal.timeout(5000));
    expect(queues.filter(({ capabilityClass }) => capabilityClass === "cpu")).toHaveLength(
      tenants.length,
    );
    expect(nodes !== undefined).toBe(seesNodes);
    await topology.connection.close();
  });

  test("an answer goes nowhere but to who asked", async () => {
    const { manager } = operator;
    const { names } = await openTenant(operator, "default");
    const lane = { capabilityClass: "cpu", priority: "normal" } as const;
    const target = names.batch(lane, RUN, RUN);
    await manager.streams.purge(names.batchStream);
    await operator.client.publish(target, "work");
    const runs = async () => (await manager.streams.info(`KV_${names.runs}`)).state.last_seq;
    const runsBefore = await runs();
    const ask: Record<string, string[]> = {
      worker: ["$KV.cupel_nodes.mine", "$JS.API.STREAM.INFO.KV_cupel_lanes"],
      "worker-team-a": ["$KV.cupel_nodes.mine", "$JS.API.STREAM.INFO.KV_cupel_lanes"],
      viewer: ["$JS.API.INFO", "$JS.API.STREAM.MSG.GET.cupel_dead_default"],
      "controller-team-a": [`cupel.batch.team-a.cpu.normal.${RUN}.${RUN}`, "$JS.API.INFO"],
    };
    const places = [
      target,
      `$KV.cupel_runs_default.${RUN}`,
      `$JS.API.STREAM.PURGE.${names.batchStream}`,
      `$JS.API.STREAM.DELETE.${names.deadStream}`,
    ];
    for (const [user, subjects] of Object.entries(ask)) {
      const connection = connectionOf(user as User);
      for (const subject of subjects) {
        for (const reply of places) connection.publish(subject, "", { reply });
      }
      await connection.flush();
      // Whatever came of it has come when a question that was put later is answered.
      await connection.request("$JS.API.INFO", "");
    }
    expect((await manager.streams.info(names.batchStream)).state.messages).toBe(1);
    expect(await runs()).toBe(runsBefore);
    await manager.streams.info(names.deadStream);
    await manager.streams.purge(names.batchStream);
    await manager.streams.purge("cupel_batches_team-a");
  });

  test("a controller that may not publish its work ends at once", async () => {
    const connection = await connectAs("controller-team-a");
    const topology = await openTopology(connection, "cupel", ACK_WAIT_MS);
    const dispatcher = new ClusterDispatcher(topology, {
      lane: { tenant: "default", capabilityClass: "cpu", priority: "normal" },
      mostInFlight: 10,
    });
    await expect(dispatcher.prepare(await topKRun(10))).rejects.toThrow(
      /^Cannot use the NATS server: these credentials do not allow it \(Permissions Violation/,
    );
    await dispatcher.close();
  });
});

/** What a user hears who listens where it may not. */
async function refusal(connection: NatsConnection, subject: string): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const subscription = connection.subscribe(subject, {
    callback: (error) => resolve(error?.message ?? "a message"),
  });
  await connection.flush();
  connection.publish(createInbox("_nobody"));
  const said = await Promise.race([
    promise,
    connection.flush().then(() => connection.flush()).then(() => "nothing"),
  ]);
  subscription.unsubscribe();
  return said;
}

function stringsIn(text = ""): string[] {
  return [...text.matchAll(/"([^"]*)"/g)].map(([, subject = ""]) => subject);
}

function importsOf(account: string, kind: "service" | "stream"): string[] {
  const pattern = new RegExp(`${kind}: \\{ account: CUPEL, subject: "([^"]*)" \\}`, "g");
  return [...account.matchAll(pattern)].map(([, subject = ""]) => subject);
}

function withoutTimes(json: string): string {
  return json.replaceAll(/"wallMs": [\d.]+/g, "");
}
