import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { DeadLetters } from "../../src/cluster/dead_letters.ts";
import { letterOrigin } from "../../src/cluster/letter_origin.ts";
import { tenantNames } from "../../src/cluster/names.ts";
import { openTenant } from "../../src/cluster/tenant.ts";
import { executablePath } from "../../src/runtime/host.ts";
import { cupel } from "../cli/cupel.ts";
import { collect, makeRun, projectFile, withoutTimes } from "../evaluate/runs.ts";
import { LocalDispatcher } from "../../src/dispatch/local.ts";
import { clusterDispatcher, openTestCluster } from "./support/cluster.ts";
import { ownServer } from "./support/own_server.ts";

const NODE = fileURLToPath(new URL("programs/dying_node.ts", import.meta.url));
const DEADLY = 23;
const DELIVERIES = 3;
const CASES = 60;

const server = ownServer();

/** What restarts a node that died: systemd, or the spawner. Tells how often it died. */
function keepRestarting(prefix: string): { stop(): Promise<number> } {
  let isOver = false;
  let crashes = 0;
  const restarting = (async () => {
    while (!isOver) {
      const args = [server.url, prefix, `${DEADLY}`, `${DELIVERIES}`];
      const child = spawn(executablePath(), ["run", "-A", "--quiet", NODE, ...args], {
        stdio: "ignore",
      });
      const over = setInterval(() => isOver && child.kill("SIGTERM"), 20);
      const [, signal] = await once(child, "exit");
      clearInterval(over);
      if (signal === "SIGKILL") crashes++;
    }
  })();
  return {
    stop: async () => {
      isOver = true;
      await restarting;
      return crashes;
    },
  };
}

test("a batch that crashes its node every time is kept as a dead letter after the configured deliveries, its cases are errors, and the run ends", async () => {
  const run = await makeRun({ candidate: "examples/top-k/off-by-one.ts", n: CASES });
  const local = withoutTimes(await collect(run, new LocalDispatcher(1)));
  const told: number[] = [];
  const dispatcher = await clusterDispatcher(server.url, "poison", {
    runName: "deadly",
    observe: (event) => event.kind === "given-up" && told.push(event.cases),
  });
  const nodes = keepRestarting("poison");
  const cluster = await openTestCluster(server.url, "poison");
  const results = withoutTimes(await collect(run, dispatcher));

  expect(await nodes.stop()).toBe(DELIVERIES);
  expect(results).toHaveLength(CASES);
  const lost = results.filter(({ valid }) => !valid);
  expect(lost.map(({ index }) => index)).toContain(DEADLY);
  const message = `no node came to an end with its batch, which was delivered ${DELIVERIES} times`;
  for (const result of lost) {
    expect(result).toMatchObject({ valid: false, error: { kind: "crash", message } });
  }
  expect(told).toEqual([lost.length]);
  const others = results.filter(({ valid }) => valid);
  expect(others).toEqual(local.filter(({ index }) => !lost.some((one) => one.index === index)));
  const letters = new DeadLetters(cluster.manager, tenantNames("poison", "default"));
  expect(await Array.fromAsync(letters.each())).toMatchObject([{
    letter: {
      of: {
        name: "deadly",
        seed: 42,
        task: "task.ts",
        baseline: "baseline.ts",
        candidate: "off-by-one.ts",
      },
    },
  }]);
  await cluster.connection.close();
});

test("cupel evaluate says where to look, and cupel dlq shows it by the run's name", async () => {
  const at = ["--nats", server.url, "--prefix", "told"];
  const files = ["task.ts", "baseline.ts", "heap.ts"].map((one) =>
    projectFile(`examples/top-k/${one}`)
  );
  const [task = "", baseline = "", candidate = ""] = files;
  const evaluate = ["evaluate", task, "--baseline", baseline, "--candidate", candidate];
  const nodes = keepRestarting("told");
  const run = [...at, "--ack-wait", "1s", "--run", "build 12", "-n", "40", "--json"];
  const { code, stdout, stderr } = await cupel([...evaluate, ...run]);
  await nodes.stop();

  expect(code).toBeLessThan(3);
  const { cases: { invalid } } = JSON.parse(stdout);
  expect(invalid).toBeGreaterThan(0);
  expect(stderr).toMatch(
    new RegExp(`^${invalid} cases? could not be judged, .* cupel dlq list --run 'build 12', .*\n$`),
  );
  expect(stdout).not.toContain("dlq");
  const listed = await cupel(["dlq", "list", ...at, "--run", "build 12", "--json"]);
  expect(JSON.parse(listed.stdout)).toMatchObject({
    deadLetters: [{ of: { name: "build 12", candidate: "heap.ts" } }],
  });
  expect((await cupel(["dlq", "list", ...at])).stdout).toContain("build 12  heap.ts");
});

test("a letter goes without its run's name where its manifest cannot be read", async () => {
  const cluster = await openTestCluster(server.url, "origin");
  const run = "a1".repeat(16);
  expect(await letterOrigin(cluster, "nobody", run)).toBeUndefined();
  const { runs } = await openTenant(cluster, "default");
  expect(await letterOrigin(cluster, "default", run)).toBeUndefined();
  await runs.put(run, "no JSON");
  expect(await letterOrigin(cluster, "default", run)).toBeUndefined();
  await cluster.connection.close();
  expect(await letterOrigin(cluster, "default", run)).toBeUndefined();
});
