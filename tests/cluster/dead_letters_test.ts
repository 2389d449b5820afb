import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { cupel, Folder } from "../cli/cupel.ts";
import { GivenUp } from "./support/dead_letters.ts";
import { NatsServer } from "./support/nats_server.ts";
import { ownServer } from "./support/own_server.ts";

const RUN = "1a".repeat(8);
const OTHER = "2b".repeat(8);
const ORIGIN = { seed: 7, task: "task.ts", baseline: "old.ts", candidate: "new.ts" };

let folder: Folder;
let prefixes = 0;

const server = ownServer(() => {
  folder = new Folder();
});
afterAll(() => folder?.dispose());

/** A cluster of a test's own. */
async function withCluster(body: (cluster: GivenUp) => Promise<void>): Promise<void> {
  const cluster = await GivenUp.open(server.url, `dlq${prefixes++}`);
  try {
    await body(cluster);
  } finally {
    await cluster.close();
  }
}

/** What `cupel dlq` says where it is given something wrong. */
async function refusal(cluster: GivenUp, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await cluster.dlq(...args);
  expect({ args, code, stdout }).toEqual({ args, code: 3, stdout: "" });
  expect(stderr).toMatch(/^error: cannot [^\n]*\n$/);
  return stderr;
}

describe("cupel dlq list", () => {
  test("lists them as a table, the newest last, or as JSON, of all runs or of one", () =>
    withCluster(async (cluster) => {
      expect(await cluster.printed("list")).toBe("no dead letters of tenant default\n");
      await cluster.giveUp(cluster.batch(RUN, 0));
      await cluster.giveUp(cluster.batch(OTHER, 95, { capabilityClass: "cpu_gpu" }));
      await cluster.giveUp(
        cluster.batch(RUN, 0, { id: "3".repeat(32), job: { kind: "describe" } }),
        { name: "build-12", ...ORIGIN },
      );
      expect(await cluster.printed("list")).toBe(
        "number  run           candidate  batch         job             class    deliveries  given up\n" +
          "     1  1a1a1a1a1a1a             BATCH         cases 0 to 4    cpu               4  2026-01-02T03:04:05Z\n"
            .replace("BATCH       ", cluster.batch(RUN, 0).id.slice(0, 12)) +
          "     2  2b2b2b2b2b2b             BATCH         cases 95 to 99  cpu_gpu           4  2026-01-02T03:04:05Z\n"
            .replace("BATCH       ", cluster.batch(OTHER, 95).id.slice(0, 12)) +
          "     3  build-12      new.ts     333333333333  describe        cpu               4  2026-01-02T03:04:05Z\n",
      );
      const json = JSON.parse(await cluster.printed("list", "--json", "--run", RUN.slice(0, 8)));
      expect(json).toMatchObject({
        tenant: "default",
        deadLetters: [{ number: 1, run: RUN, job: "cases", cases: "0 to 4" }, {
          number: 3,
          of: { name: "build-12", ...ORIGIN },
        }],
        older: 0,
      });
      expect(json).not.toHaveProperty("deadLetters.0.of");
    }));

  test("lists the newest where there are many, of a run whose letters are few too", () =>
    withCluster(async (cluster) => {
      await cluster.giveUp(cluster.batch(OTHER, 0));
      for (let index = 0; index < 230; index++) await cluster.giveUp(cluster.batch(RUN, index));
      for (const number of ["2", "150", "231"]) await cluster.printed("drop", number);
      const lines = (await cluster.printed("list")).trimEnd().split("\n");
      expect(lines).toHaveLength(102);
      expect(lines.at(1)).toMatch(/^ *130 /);
      expect(lines.at(-2)).toMatch(/^ *230 /);
      expect(lines.at(-1)).toBe("128 older: --all lists them too");
      const all = JSON.parse(await cluster.printed("list", "--all", "--json"));
      expect(all).toMatchObject({ deadLetters: { length: 228 }, older: 0 });
      expect(JSON.parse(await cluster.printed("list", "--run", OTHER, "--json")))
        .toMatchObject({ deadLetters: [{ number: 1 }], older: 0 });
    }));

  test("lists what cannot be read as such, which can be shown, exported and dropped", () =>
    withCluster(async (cluster) => {
      const garbage = new Uint8Array([0xff, 0x1b, 0x5b, 0x32, 0x4a]);
      await cluster.publish(RUN, "d".repeat(16), garbage);
      await cluster.publish(RUN, "e".repeat(16), `{"v":2,"batch":{"id":"later"}}`);
      // One that says it is another run's, and one that is another tenant's.
      const elsewhere = { ...cluster.batch(RUN, 0), tenant: "team-b" };
      await cluster.giveUp(elsewhere);
      const table = await cluster.printed("list");
      expect(table.match(/cannot be read/g)).toHaveLength(3);
      expect(table).toContain("1: Cannot read a dead letter as it must be JSON in UTF-8\n");
      expect(table).toContain("its version must be at most 1: current value is 2\n");
      expect(table).toContain("3: Cannot use a dead letter as its tenant, run and batch must be");
      expect(await cluster.printed("show", "1")).toMatch(/^job +cannot be read$/m);
      const [line = ""] = (await cluster.printed("export", "1")).split("\n");
      expect(JSON.parse(line)).toMatchObject({
        number: 1,
        base64: Buffer.from(garbage).toString("base64"),
      });
      expect(await refusal(cluster, "retry", "2")).toContain("must be at most 1");
      expect(await cluster.printed("drop", "1", "2")).toBe("dropped 2 dead letters\n");
      expect(await cluster.count()).toBe(1);
    }));
});

describe("cupel dlq --run", () => {
  const NAME = "nightly 7, \u202eof all";
  const THIRD = "1a".repeat(6) + "3c".repeat(2);

  /** Two runs of one name, one whose name is like the start of an id, and one whose letters say nothing. */
  async function giveUpSome(cluster: GivenUp): Promise<void> {
    // The first letter of a run whose manifest could not be read: another one knows the name.
    await cluster.giveUp(cluster.batch(RUN, 0));
    await cluster.giveUp(cluster.batch(RUN, 5), { name: NAME, ...ORIGIN });
    await cluster.giveUp(cluster.batch(OTHER, 0), { name: "abcdef0123456789", ...ORIGIN });
    await cluster.giveUp(cluster.batch(THIRD, 0));
  }

  async function numbersOf(cluster: GivenUp, run: string): Promise<number[]> {
    const { deadLetters } = JSON.parse(await cluster.printed("list", "--json", "--run", run));
    return deadLetters.map(({ number }: { number: number }) => number);
  }

  test("takes a run's name, its id, or the first digits of that", () =>
    withCluster(async (cluster) => {
      await giveUpSome(cluster);
      for (const run of [NAME, RUN, "1a1a1a1a1a1a1a"]) {
        expect(await numbersOf(cluster, run)).toEqual([1, 2]);
      }
      for (const run of ["abcdef0123456789", OTHER, "2b2b2b2b"]) {
        expect(await numbersOf(cluster, run)).toEqual([3]);
      }
      expect(await cluster.printed("list", "--run", NAME)).toContain("nightly 7, \\u202eof all");
      const lines = (await cluster.printed("export", "--run", NAME)).trimEnd().split("\n");
      expect(lines.map((line) => JSON.parse(line).message.of))
        .toEqual([undefined, { name: NAME, ...ORIGIN }]);
      expect(await cluster.printed("show", "2", "--run", NAME)).toMatch(
        /^number +2\nrun +nightly 7.*\ntask +task.ts\nbaseline +old.ts\ncandidate +new.ts\nseed +7\nrun's id +1a1a/,
      );
      expect(await cluster.printed("drop", "--run", NAME)).toBe("dropped 2 dead letters\n");
    }));

  test("must mean one run: names those that it may mean", () =>
    withCluster(async (cluster) => {
      await giveUpSome(cluster);
      await cluster.giveUp(cluster.batch("4d".repeat(8), 0), { name: NAME, ...ORIGIN });
      expect(await refusal(cluster, "list", "--run", NAME)).toContain(
        `of all with id ${RUN}, nightly 7, \\u202eof all with id ${"4d".repeat(8)}: give its id)`,
      );
      expect(await refusal(cluster, "drop", "--run", "1a1a1a1a1a1a")).toContain(
        `--run as it must be one run only (it may be nightly 7, \\u202eof all with id ${RUN}, ${THIRD}:`,
      );
      expect(await cluster.count()).toBe(5);
    }));

  test("that means none: a list is empty, and all else is refused", () =>
    withCluster(async (cluster) => {
      await giveUpSome(cluster);
      for (const run of ["f".repeat(16), "1a1a", "a name"]) {
        expect(await cluster.printed("list", "--run", run)).toBe(`no dead letters of run ${run}\n`);
        expect(JSON.parse(await cluster.printed("list", "--run", run, "--json")))
          .toEqual({ tenant: "default", deadLetters: [], older: 0 });
        for (const action of [["show", "1"], ["retry"], ["export"], ["drop"], ["drop", "1"]]) {
          expect(await refusal(cluster, ...action, "--run", run)).toMatch(
            /--run as it must be the name of a run that has dead letters, its id, .* of that \(there are of n/,
          );
        }
      }
      expect(await cluster.count()).toBe(4);
    }));
});

describe("cupel dlq show", () => {
  test("finds one by its number, and by the first digits of its batch", () =>
    withCluster(async (cluster) => {
      const batch = cluster.batch(RUN, 10, { id: `${"7".repeat(10)}${"c".repeat(22)}` });
      await cluster.giveUp(cluster.batch(RUN, 0));
      await cluster.giveUp(batch);
      for (const id of ["2", "77777777", "7777777777c", batch.id]) {
        expect(await cluster.printed("show", id)).toContain(`batch        ${batch.id}\n`);
      }
      expect(JSON.parse(await cluster.printed("show", "2", "1", "--json"))).toMatchObject([
        { number: 2, message: { batch, deliveries: 4 } },
        { number: 1 },
      ]);
    }));

  test("names the candidates of an id that may mean several, and what there is for one of none", () =>
    withCluster(async (cluster) => {
      const batch = cluster.batch(RUN, 0, { id: `${"7".repeat(8)}${"c".repeat(24)}` });
      await cluster.giveUp(batch);
      await cluster.giveUp(cluster.batch(RUN, 5, { id: `${"7".repeat(8)}${"d".repeat(24)}` }));
      await cluster.giveUp({ ...batch, epoch: 1 });
      const several = await refusal(cluster, "show", "77777777");
      expect(several).toContain(`1 of batch ${batch.id}, 3 of batch ${batch.id}, 2 of batch 7`);
      expect(await cluster.printed("show", "77777777d")).toContain("number       2\n");
      expect(await refusal(cluster, "show", batch.id)).toContain("must be one dead letter's only");
      for (const id of ["4", "0", "1.5", "7777777", "88888888", "RUN", `${RUN}${RUN}`]) {
        expect(await refusal(cluster, "show", id))
          .toContain(`(such as 1, 2, 3): current value is "${id}"`);
      }
      expect(await refusal(cluster, "show", "1", "--run", OTHER)).toContain("there are of ");
    }));
});

describe("cupel dlq retry", () => {
  test("publishes a batch again in its lane, under its next epoch, with all that it has", () =>
    withCluster(async (cluster) => {
      await cluster.begin(RUN);
      const lane = { capabilityClass: "cpu_gpu", priority: "high" as const };
      const batch = { ...cluster.batch(RUN, 20, { ...lane, epoch: 2 }), later: ["a key"] };
      await cluster.giveUp(batch);
      await cluster.giveUp(cluster.batch(RUN, 30));
      expect(await cluster.printed("retry", "1")).toBe("published 1 dead letter again\n");
      const { names } = cluster.tenant;
      expect(await cluster.waiting()).toEqual([{
        subject: names.batch(lane, RUN, batch.id),
        batch: { ...batch, epoch: 3 },
      }]);
      expect(await cluster.count()).toBe(1);
      const { manager, lanes } = cluster.topology;
      const { config } = await manager.consumers.info(names.batchStream, "cpu_gpu__high");
      expect(config.filter_subject).toBe(names.batches(lane));
      expect(await lanes.get("default.cpu_gpu.high")).not.toBeNull();
    }));

  test("does it once, where it was killed before it removed the letter", () =>
    withCluster(async (cluster) => {
      await cluster.begin(RUN);
      const batch = cluster.batch(RUN, 0);
      for (let tries = 0; tries < 2; tries++) {
        await cluster.giveUp(batch);
        await cluster.printed("retry", "--all");
      }
      expect(await cluster.count()).toBe(0);
      expect(await cluster.waiting()).toMatchObject([{ batch: { epoch: 1 } }]);
    }));

  test("refuses what nobody waits for, and with --all leaves it", () =>
    withCluster(async (cluster) => {
      await cluster.begin(RUN);
      await cluster.giveUp(cluster.batch(OTHER, 0));
      await cluster.giveUp(cluster.batch(RUN, 0));
      await cluster.giveUp(cluster.batch(RUN, 5));
      expect(await refusal(cluster, "retry", "2", "1")).toBe(
        `error: cannot retry dead letter 1: its run ${OTHER} is over: nobody waits for its result\n`,
      );
      expect(await cluster.waiting()).toEqual([]);
      expect(await cluster.printed("retry", "--all")).toBe(
        `left 1: its run ${OTHER} is over: nobody waits for its result\n` +
          "published 2 dead letters again\n",
      );
      const none = await cluster.dlq("retry", "--all");
      expect(none).toEqual({
        code: 3,
        stdout: `left 1: its run ${OTHER} is over: nobody waits for its result\n`,
        stderr: "error: cannot retry any of 1 dead letter: nothing was published\n",
      });
      const json = await cluster.dlq("retry", "--run", OTHER, "--json");
      expect({ ...json, stdout: JSON.parse(json.stdout) })
        .toMatchObject({ code: 3, stdout: { retried: [], left: [{ number: 1 }] } });
      await cluster.tenant.runs.delete(RUN);
      await cluster.giveUp(cluster.batch(RUN, 10));
      expect(await refusal(cluster, "retry", "4")).toContain(`run ${RUN} is over`);
    }));

  test("leaves the times of a lane that is there as they are", () =>
    withCluster(async (cluster) => {
      await cluster.begin(RUN);
      await cluster.giveUp(cluster.batch(RUN, 0));
      await cluster.giveUp(cluster.batch(RUN, 5));
      const { manager } = cluster.topology;
      const { batchStream } = cluster.tenant.names;
      const ackWait = async () =>
        (await manager.consumers.info(batchStream, "cpu__normal")).config.ack_wait;
      await cluster.printed("retry", "1");
      await manager.consumers.update(batchStream, "cpu__normal", { ack_wait: 3e9 });
      await cluster.printed("retry", "2");
      expect(await ackWait()).toBe(3e9);
    }));
});

describe("cupel dlq drop and export", () => {
  test("drop those that are named, those of a run, or all, and say how many", () =>
    withCluster(async (cluster) => {
      for (let index = 0; index < 4; index++) await cluster.giveUp(cluster.batch(RUN, index));
      await cluster.giveUp(cluster.batch(OTHER, 0));
      expect(await refusal(cluster, "drop", "1", "9")).toContain(`current value is "9"`);
      expect(await cluster.count()).toBe(5);
      expect(await cluster.printed("drop", "1", "3", "1")).toBe("dropped 2 dead letters\n");
      expect(await cluster.printed("drop", "--run", "1a1a1a1a")).toBe("dropped 2 dead letters\n");
      expect(await refusal(cluster, "drop", "--run", RUN)).toContain(`there are of ${OTHER}`);
      expect(await cluster.printed("drop", "--run", OTHER)).toBe("dropped 1 dead letter\n");
      await cluster.giveUp(cluster.batch(OTHER, 0));
      expect(await cluster.printed("drop", "--all", "--json")).toBe(`{\n  "dropped": 1\n}\n`);
      expect(await cluster.count()).toBe(0);
    }));

  test("say that there is nothing to do, which is no error where all were meant", () =>
    withCluster(async (cluster) => {
      const none = "no dead letters of tenant default";
      expect(await cluster.printed("drop", "--all")).toBe(`${none}: nothing to drop\n`);
      expect(await cluster.printed("retry", "--all")).toBe(`${none}: nothing to retry\n`);
      expect(JSON.parse(await cluster.printed("retry", "--all", "--json")))
        .toEqual({ retried: [], left: [] });
      expect(await cluster.printed("export")).toBe("");
    }));

  test("export a letter a line, to standard output or to a file, those of a run or those named", () =>
    withCluster(async (cluster) => {
      const batches = [cluster.batch(RUN, 0), cluster.batch(OTHER, 5), cluster.batch(RUN, 10)];
      for (const batch of batches) await cluster.giveUp(batch);
      const exported = (text: string) =>
        text.trimEnd().split("\n").map((line) => JSON.parse(line).message.batch);
      expect(exported(await cluster.printed("export"))).toEqual(batches);
      expect(exported(await cluster.printed("export", "3"))).toEqual([batches[2]]);
      const path = join(folder.path, "dead.jsonl");
      expect(await cluster.printed("export", "--run", RUN, "--output", path))
        .toBe("exported 2 dead letters\n");
      expect(exported(readFileSync(path, "utf8"))).toEqual([batches[0], batches[2]]);
      expect(await cluster.count()).toBe(3);
    }));
});

describe("cupel dlq refuses", () => {
  test("a tenant that is not there, and makes nothing by looking", () =>
    withCluster(async (cluster) => {
      const { manager } = cluster.topology;
      const prefix = cluster.topology.names.prefix;
      await (await GivenUp.open(server.url, prefix, "team-a")).close();
      const streams = async () => (await Array.fromAsync(manager.streams.names())).sort();
      const before = await streams();
      const at = (...more: string[]) => cupel(["dlq", "list", "--nats", server.url, ...more]);
      const { code, stderr } = await at("--prefix", prefix, "--tenant", "x");
      expect({ code, stderr }).toEqual({
        code: 3,
        stderr:
          `error: cannot use --tenant as tenant x is not known at ${server.url}: there are default, team-a\n`,
      });
      expect((await at("--prefix", "nowhere")).stderr).toContain(
        "there is none under the prefix nowhere\n",
      );
      expect(await streams()).toEqual(before);
    }));

  test.each<[string, string[], RegExp]>([
    ["no action", [], /argument 'action'/],
    ["an unknown action", ["purge"], /must be one of list, show, retry, export, drop: .*"purge"/],
    ["ids to list", ["list", "1"], /ID as it must be left out for list: current value is "1"/],
    ["no ids to show", ["show"], /show as it must be given ids/],
    ["nothing to drop", ["drop"], /drop as it must be given ids, --run or --all/],
    [
      "ids and all",
      ["retry", "1", "--all"],
      /--all as either it or ids must be given, not both: there is 1/,
    ],
    ["all to show", ["show", "1", "--all"], /--all with show/],
    ["a file for a list", ["list", "--output", "x"], /--output with list as it is for export/],
    ["no tenant's name", ["list", "--tenant", "Team A"], /--tenant .*: current value is "Team A"/],
    [
      "no run's name",
      ["list", "--run", ""],
      /--run as it must have 1 to 200 characters: current value is ""/,
    ],
    ["no address", ["list", "--nats", "localhost"], /--nats .*: current value is "localhost"/],
  ])("%s", async (_name, args, message) => {
    await withCluster(async ({ topology }) => {
      const nats = args.includes("--nats") ? [] : ["--nats", server.url];
      const prefix = ["--prefix", topology.names.prefix];
      const { code, stdout, stderr } = await cupel(["dlq", ...args, ...nats, ...prefix]);
      expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
      expect(stderr).toMatch(message);
      expect(stderr).toMatch(/^error: [^\n]*\n$/);
    });
  });

  test("a server that is not there, or has no JetStream", async () => {
    const plain = await NatsServer.start({ hasJetStream: false });
    const list = ["dlq", "list", "--nats", plain.url];
    expect(await cupel(list)).toEqual({
      code: 3,
      stdout: "",
      stderr:
        "error: cannot use the NATS server: JetStream is not enabled on it (nats-server -js), or not for this user's account\n",
    });
    await plain.close();
    expect((await cupel(list)).stderr).toMatch(/^error: cannot connect to NATS at .*\n$/);
  });

  test("to leave anything on the server when it looks", () =>
    withCluster(async (cluster) => {
      await cluster.giveUp(cluster.batch(RUN, 0));
      await cluster.printed("list");
      await cluster.printed("export");
      const { state } = await cluster.topology.manager.streams
        .info(cluster.tenant.names.deadStream);
      expect(state.consumer_count).toBe(0);
    }));
});
