import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { cupel } from "../cli/cupel.ts";
import { projectFile } from "../evaluate/runs.ts";
import { ControllerProcess } from "./support/controllers.ts";
import { ownServer } from "./support/own_server.ts";
import { NodeProcess } from "./support/nodes.ts";

const RUNS = 10;
const CASES = 1200;

const files = [
  projectFile("examples/top-k/task.ts"),
  "--baseline",
  projectFile("examples/top-k/baseline.ts"),
  "--candidate",
  projectFile("examples/top-k/off-by-one.ts"),
];

let local: string;

const server = ownServer(async () => {
  const { stdout } = await cupel(["evaluate", ...files, "--json", "-n", `${CASES}`]);
  local = withoutTimes(stdout);
});

describe("a run among things that are killed", () => {
  test.each(Array.from({ length: RUNS }, (_, seed) => seed))(
    "gives the report of a run that nothing happens to: %i",
    async (seed) => {
      const random = generator(seed);
      const cluster = ["--prefix", `chaos-${seed}`, "--ack-wait", "1s"];
      const startNode = () => NodeProcess.start(server.url, [...cluster, "--concurrency", "1"]);
      const nodes = await Promise.all([startNode(), startNode()]);
      const startController = () =>
        new ControllerProcess([
          ...[...files, "--json", "-n", `${CASES}`, "--run", "one", "--nats", server.url],
          ...cluster,
        ]);
      let controller = startController();
      const killed: string[] = [];
      const kill = {
        node: async () => {
          const at = random(nodes.length);
          await nodes[at]?.kill();
          nodes[at] = await startNode();
        },
        controller: async () => {
          await controller.kill();
          controller = startController();
        },
        server: async () => {
          await server.kill();
          await sleep(random(500));
          await server.restart();
        },
      };
      for (let round = 0; round < 4; round++) {
        await sleep(200 + random(700));
        if (!controller.isRunning) break;
        const victim = (["node", "controller", "server"] as const)[random(3)] ?? "node";
        killed.push(victim);
        await kill[victim]();
      }
      let { code, stdout, stderr } = await controller.ended;
      // One that is started while the server is away says so and ends: what is done, is done.
      while (stderr.startsWith("error: cannot connect to NATS")) {
        controller = startController();
        ({ code, stdout, stderr } = await controller.ended);
      }
      expect([killed, code, stderr]).toEqual([killed, 1, expect.any(String)]);
      expect(withoutTimes(stdout)).toBe(local);
      await Promise.all(nodes.map((node) => node.stop()));
    },
  );
});

/** A generator of whole numbers below a bound: the same for the same seed (mulberry32). */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

function withoutTimes(json: string): string {
  return json.replaceAll(/"wallMs": [\d.]+/g, "");
}
