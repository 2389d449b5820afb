import { chmodSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { generateKeyPairSync } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { OptionValues } from "../../../src/cli/command.ts";
import { CLUSTER_OPTIONS } from "../../../src/cli/input/cluster.ts";
import { openKeyFile } from "../../../src/cli/input/key_file.ts";
import { parseSeconds } from "../../../src/cli/input/seconds.ts";
import { parseWorkerOptions, WORKER_OPTIONS } from "../../../src/cli/input/worker_options.ts";
import { detectCapabilities } from "../../../src/cluster/detect_capabilities.ts";
import { coreCount } from "../../../src/runtime/host.ts";
import { Folder } from "../cupel.ts";

let folder: Folder;
beforeAll(() => {
  folder = new Folder();
});
afterAll(() => folder.dispose());

const warnings: string[] = [];
const parse = (options: OptionValues) =>
  parseWorkerOptions({ nats: "nats://127.0.0.1:4222", ...options }, (line) => {
    warnings.push(line);
  });

const cores = coreCount();

describe("a node", () => {
  test("that is told nothing has what is detected, and takes everybody's work for ever", async () => {
    const { node, limits, settings } = await parse({});
    expect(node).toMatchObject({
      capabilities: await detectCapabilities(),
      only: [],
      tenants: undefined,
      concurrency: cores,
      mostBatches: undefined,
    });
    expect(node.weights.size).toBe(0);
    expect(node.key.fingerprint).toMatch(/^[0-9a-f]{32}$/);
    expect(limits).toEqual({ idleExitMs: undefined, maxUptimeMs: undefined });
    expect(settings).toMatchObject({ servers: ["nats://127.0.0.1:4222"], prefix: "cupel" });
  });

  test("has a new name at each start", async () => {
    const [one, other] = [await parse({ caps: "cpu" }), await parse({ caps: "cpu" })];
    expect(one.node.key.fingerprint).not.toBe(other.node.key.fingerprint);
  });

  test("has what it is told, and what is detected where auto is part of it", async () => {
    const { node: plain } = await parse({ caps: "wasm, cpu" });
    expect(plain.capabilities).toEqual(["cpu", "wasm"]);
    const { node: both } = await parse({ caps: "auto,team-disk,cpu" });
    expect(both.capabilities).toEqual([...await detectCapabilities(), "team-disk"].sort());
  });

  test("takes the work and has the life that it is told", async () => {
    const { node, limits } = await parse({
      caps: "cpu,gpu",
      only: "gpu",
      tenants: "team-b, team-a",
      weights: "team-a=3,team-b=0.5",
      concurrency: "7",
      idleExit: "30",
      maxUptime: "1h",
    });
    expect(node).toMatchObject({ only: ["gpu"], tenants: ["team-a", "team-b"], concurrency: 7 });
    expect([...node.weights]).toEqual([["team-a", 3], ["team-b", 0.5]]);
    expect(limits).toEqual({ idleExitMs: 30_000, maxUptimeMs: 3_600_000 });
  });

  test("does one batch, one at a time unless it is told otherwise", async () => {
    expect((await parse({ caps: "cpu", once: true })).node)
      .toMatchObject({ concurrency: 1, mostBatches: 1 });
  });
});

describe("what cannot be used is refused with its flag", () => {
  test.each<[OptionValues, RegExp]>([
    [{ caps: "cpu,G P U" }, /--caps as a capability must be .*current value is "G P U"/],
    [{ caps: "" }, /--caps as it must have at least one tag/],
    [
      { caps: "cpu", only: "gpu" },
      /--only as it must be among what the node has \(cpu\): current value is "gpu"/,
    ],
    [{ caps: "cpu", only: "G" }, /--only as a capability must be/],
    [{ caps: "auto," }, /--caps as a capability must be .*current value is "auto,"/],
    [{ caps: "cpu", only: "cpu,,cpu" }, /--only as a capability must be .*"cpu,,cpu"/],
    [{ tenants: "" }, /--tenants as it must be lower-case words .*: current value is ""/],
    [{ tenants: "a,,b" }, /--tenants as it must be lower-case words .*: current value is "a,,b"/],
    [{ tenants: "Team" }, /--tenants as it must be lower-case words .*: current value is "Team"/],
    [{ tenants: " , " }, /--tenants as it must be lower-case words/],
    [{ weights: "" }, /--weights as it must be numbers above 0.*: current value is ""/],
    [{ weights: "a=1,,b=1" }, /--weights as it must be .*: current value is "a=1,,b=1"/],
    [{ weights: "a" }, /--weights as it must be numbers above 0.*: current value is "a"/],
    [{ weights: "a=0" }, /--weights .*"a=0"/],
    [{ weights: "a=1001" }, /--weights .*"a=1001"/],
    [{ weights: "a=-1" }, /--weights .*"a=-1"/],
    [{ weights: "a=NaN" }, /--weights .*"a=NaN"/],
    [{ weights: "A=1" }, /--weights .*"A=1"/],
    [{ weights: "a=1,a=2" }, /--weights .*"a=2"/],
    [{ tenants: "a", weights: "b=2" }, /--weights as it must be shares of those in --tenants/],
    [{ concurrency: "0" }, /--concurrency as it must be a whole number from 1 to 256/],
    [{ maxDeliveries: "0" }, /--max-deliveries as it must be a whole number from 1 to 1000/],
    [{ cacheSize: "much" }, /--cache-size as it must be a size such as/],
    [
      { cacheSize: "1048577GiB" },
      /--cache-size as it must be a size from 0 to 1048576GiB: .*"1048/,
    ],
    [{ cache: "" }, /--cache as it must be the name of a folder: current value is ""/],
    [{ maxUptime: "9".repeat(30) }, /--max-uptime as it must be a duration above 0, at most 8760h/],
    [{ idleExit: "0" }, /--idle-exit as it must be a duration above 0, .*: current value is "0"/],
    [{ maxUptime: "soon" }, /--max-uptime as it must be a duration above 0/],
    [{ nats: "localhost" }, /--nats as it must be the address of a NATS server/],
  ])("%o", async (options, message) => {
    const key = join(folder.path, "never.pem");
    await expect(parse({ ...options, key })).rejects.toThrow(message);
    // Nothing is made for a command line that is refused.
    expect(readdirSync(folder.path)).not.toContain("never.pem");
  });

  test("every option that is declared is spoken of here", () => {
    // How the cluster is reached is of all commands alike.
    const flags = WORKER_OPTIONS.filter((option) => !CLUSTER_OPTIONS.includes(option))
      .map(({ flags }) => flags.split(" ")[0]).sort();
    expect(flags).toEqual([
      ...["--cache", "--cache-size", "--caps", "--concurrency", "--idle-exit", "--key"],
      ...["--max-deliveries", "--max-uptime", "--metrics-port", "--nats", "--once"],
      ...["--only", "--tenants", "--weights"],
    ]);
  });
});

test.each([["30", 30_000], ["0.5", 500], ["30s", 30_000], ["250ms", 250], ["2m", 120_000], [
  "1 h",
  3_600_000,
], ["8760h", 31_536_000_000]])("%s is a duration of %i ms", (text, ms) => {
  expect(parseSeconds("--idle-exit", text)).toBe(ms);
});

test.each(["", "-1", "1e3", "1d", "s", "0ms", "8760.1h"])("%j is no duration", (text) => {
  expect(() => parseSeconds("--idle-exit", text)).toThrow(
    `Cannot use --idle-exit as it must be a duration above 0, at most 8760h, such as 30s, 5m, 1h or ` +
      `30 (seconds): current value is "${text}"`,
  );
});

describe("a node's key", () => {
  const open = (name: string) => {
    const lines: string[] = [];
    const key = openKeyFile("--key", join(folder.path, name), (line) => lines.push(line));
    return key.then(({ fingerprint }) => ({ fingerprint, lines }));
  };

  test("is made where the file is missing, for its owner alone, and kept", async () => {
    const made = await open("new.pem");
    expect(made).toEqual(await open("new.pem"));
    expect(made.lines).toEqual([]);
    const path = join(folder.path, "new.pem");
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readFileSync(path, "utf8")).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
  });

  test("is one for all that start at the same time, and leaves nothing else behind", async () => {
    const opened = await Promise.all(Array.from({ length: 8 }, () => open("race.pem")));
    expect(new Set(opened.map(({ fingerprint }) => fingerprint)).size).toBe(1);
    expect(readdirSync(folder.path).filter((name) => name.startsWith("race"))).toEqual([
      "race.pem",
    ]);
  });

  test("that others may read is used with a warning", async () => {
    const { fingerprint } = await open("shown.pem");
    chmodSync(join(folder.path, "shown.pem"), 0o644);
    const again = await open("shown.pem");
    expect(again.fingerprint).toBe(fingerprint);
    expect(again.lines).toEqual([
      expect.stringMatching(/^warning: others .* may use the key in ".*shown\.pem": .* 0644$/),
    ]);
  });

  test("is no other kind of key, no other text, and no folder", async () => {
    folder.write("text.pem", "hello");
    const rsa = generateKeyPairSync("rsa", { modulusLength: 1024 });
    folder.write("rsa.pem", `${rsa.privateKey.export({ type: "pkcs8", format: "pem" })}`);
    await expect(open("text.pem")).rejects.toThrow(
      /^Cannot use --key as ".*text\.pem" must hold an Ed25519 private key in PEM$/,
    );
    await expect(open("rsa.pem")).rejects.toThrow(
      /^Cannot use --key as ".*rsa\.pem" must hold an Ed25519 private key: it is of type rsa$/,
    );
    await expect(open(".")).rejects.toThrow(/^Cannot read --key from ".*": it is not a file$/);
    await expect(open("none/new.pem")).rejects.toThrow(/^Cannot make the key of --key in ".*": /);
    await expect(openKeyFile("--key", "", () => {})).rejects.toThrow(/the name of a file/);
  });
});
