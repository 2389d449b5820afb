import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { tenantNames } from "../../src/cluster/names.ts";
import { executablePath } from "../../src/runtime/host.ts";
import { collect, makeRun, withoutTimes } from "../evaluate/runs.ts";
import { LocalDispatcher } from "../../src/dispatch/local.ts";
import { clusterDispatcher, openTestCluster } from "./support/cluster.ts";
import { ownServer } from "./support/own_server.ts";

const NODE = fileURLToPath(new URL("programs/dying_node.ts", import.meta.url));
const DEADLY = 23;
const DELIVERIES = 3;
const CASES = 60;

const server = ownServer();

test("a batch that crashes its node every time is kept as a dead letter after the configured deliveries, its cases are errors, and the run ends", async () => {
  const run = await makeRun({ candidate: "examples/top-k/off-by-one.ts", n: CASES });
  const local = withoutTimes(await collect(run, new LocalDispatcher(1)));
  const dispatcher = await clusterDispatcher(server.url, "poison");
  let isOver = false;
  let crashes = 0;
  /** What restarts a node that died: systemd, or the spawner. */
  const restarting = (async () => {
    while (!isOver) {
      const args = [server.url, "poison", `${DEADLY}`, `${DELIVERIES}`];
      const child = spawn(executablePath(), ["run", "-A", "--quiet", NODE, ...args], {
        stdio: "ignore",
      });
      const over = setInterval(() => isOver && child.kill("SIGTERM"), 20);
      const [, signal] = await once(child, "exit");
      clearInterval(over);
      if (signal === "SIGKILL") crashes++;
    }
  })();
  const cluster = await openTestCluster(server.url, "poison");
  const results = withoutTimes(await collect(run, dispatcher));
  isOver = true;
  await restarting;

  expect(crashes).toBe(DELIVERIES);
  expect(results).toHaveLength(CASES);
  const lost = results.filter(({ valid }) => !valid);
  expect(lost.map(({ index }) => index)).toContain(DEADLY);
  const message = `no node came to an end with its batch, which was delivered ${DELIVERIES} times`;
  for (const result of lost) {
    expect(result).toMatchObject({ valid: false, error: { kind: "crash", message } });
  }
  const others = results.filter(({ valid }) => valid);
  expect(others).toEqual(local.filter(({ index }) => !lost.some((one) => one.index === index)));
  const { deadStream } = tenantNames("poison", "default");
  expect((await cluster.manager.streams.info(deadStream)).state.messages).toBe(1);
  await cluster.connection.close();
});
