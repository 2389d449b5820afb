import process from "node:process";
import { describe, expect, test } from "vitest";
import { cupel, ended, runtimes, start } from "../cli/cupel.ts";
import { projectFile } from "../evaluate/runs.ts";
import { nodeRuntime } from "../runner/runtimes.ts";
import { ownServer } from "./support/own_server.ts";

const files = ["task.ts", "--baseline", "baseline.ts", "--candidate", "off-by-one.ts"]
  .map((part) => part.startsWith("--") ? part : projectFile(`examples/top-k/${part}`));

const all = [...runtimes, { name: "Node", command: commandOf(nodeRuntime()) }];

let local: string;

const server = ownServer(async () => {
  local = withoutTimes((await cupel(["evaluate", ...files, "--json", "-n", "100"])).stdout);
});

function commandOf(runtime: ReturnType<typeof nodeRuntime>): string[] {
  return runtime.found ? runtime.command : [];
}

function withoutTimes(json: string): string {
  return json.replaceAll(/"wallMs": [\d.]+/g, "");
}

describe("a cluster", () => {
  test.each(all.map(({ name }, at) => [name, all[(at + 1) % all.length]?.name ?? ""]))(
    "of a controller on %s and a node on %s gives the report of this machine",
    async (controller, worker) => {
      const commandNamed = (wanted: string) => all.find(({ name }) => name === wanted)?.command;
      const cluster = ["--nats", server.url, "--prefix", controller.toLowerCase()];
      const args = ["worker", ...cluster, "--caps", "cpu", "--concurrency", "1"];
      const node = start(args, commandNamed(worker));
      const nodeEnded = ended(node);
      const run = ["evaluate", ...files, "--json", "-n", "100", ...cluster];
      const evaluation = await ended(start(run, commandNamed(controller)));
      expect({ code: evaluation.code, stdout: withoutTimes(evaluation.stdout) })
        .toEqual({ code: 1, stdout: local });
      if (node.pid !== undefined) process.kill(node.pid, "SIGTERM");
      expect(await nodeEnded).toMatchObject({ code: 0, stderr: "" });
    },
  );
});
