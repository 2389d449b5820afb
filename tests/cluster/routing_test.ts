import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { classOf, requiredBy } from "../../src/cluster/capabilities.ts";
import { takes } from "../../src/cluster/node_registry.ts";
import type { RunSpec } from "../../src/evaluate/run_spec.ts";
import { clusterDispatcher, startNode, topKRun } from "./support/cluster.ts";
import { ownServer } from "./support/own_server.ts";

const TAGS = ["cpu", "gpu", "wgsl", "mem-8g"];

let run: RunSpec;
let clusters = 0;

const server = ownServer(async () => {
  run = await topKRun(8);
});

const tags = fc.subarray(TAGS, { minLength: 1 });
const node = fc.record({ capabilities: tags, isPicky: fc.boolean() }).map(
  // A picky node takes only work that requires the last thing it has.
  ({ capabilities, isPicky }) => ({ capabilities, only: isPicky ? capabilities.slice(-1) : [] }),
);

describe("work", () => {
  test("is done by nodes that have all that it requires; else it waits, says why, and is done when one comes", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(node, { maxLength: 3 }),
        fc.uniqueArray(tags, { minLength: 1, maxLength: 4, selector: (all) => all.join() }),
        async (nodes, required) => {
          const prefix = `routing-${clusters++}`;
          const strayed: string[] = [];
          const start = (service: { capabilities: string[]; only: string[] }) =>
            startNode(server.url, prefix, service.capabilities, {
              only: service.only,
              observe: (event) => {
                if (event.kind !== "delivered") return;
                const lane = { tenant: "default", capabilityClass: event.capabilityClass };
                if (!takes(service, lane)) strayed.push(event.capabilityClass);
              },
            });
          const started = await Promise.all(nodes.map(start));
          const waits = new Map<string, string>();
          const runs = required.map(async (requires) => {
            const name = classOf([...requires].sort());
            const dispatcher = await clusterDispatcher(server.url, prefix, {
              requires: requiredBy(name),
              onWaiting: (reason) => waits.set(name, reason),
            });
            const results = await dispatcher.execute(run, { start: 0, end: 2 });
            await dispatcher.close();
            return results.length;
          });
          const impossible = required.map((requires) => classOf([...requires].sort())).filter(
            (capabilityClass) =>
              !nodes.some((one) => takes(one, { tenant: "default", capabilityClass })),
          );
          await until(() => waits.size >= impossible.length);
          // Each names what no node has, where there is one thing that none has.
          for (const name of impossible) {
            const reason = waits.get(name);
            const missing = requiredBy(name).filter((tag) =>
              !nodes.some(({ capabilities }) => capabilities.includes(tag))
            );
            expect(reason).toMatch(nodes.length === 0 ? /a node: there is none/ : /a node that/);
            if (nodes.length > 0) { for (const tag of missing) expect(reason).toContain(tag); }
          }
          const able = await start({ capabilities: TAGS, only: [] });
          expect(await Promise.all(runs)).toEqual(required.map(() => 2));
          await Promise.all([...started, able].map((one) => one.stop()));
          expect(strayed).toEqual([]);
        },
      ),
      { numRuns: 6 },
    );
  });

  test("that needs no GPU is not for a node that is there for its GPU, unless it is told so", async () => {
    const delivered: string[] = [];
    const observe = (name: string) => (event: { kind: string; capabilityClass: string }) => {
      if (event.kind === "delivered") delivered.push(`${name}: ${event.capabilityClass}`);
    };
    const picky = await startNode(server.url, "picky", ["cpu", "gpu"], {
      only: ["gpu"],
      observe: observe("picky"),
    });
    const reasons: string[] = [];
    const plain = await clusterDispatcher(server.url, "picky", {
      onWaiting: (reason) => reasons.push(reason),
    });
    const waiting = plain.execute(run, { start: 0, end: 2 });
    const special = await clusterDispatcher(server.url, "picky", { requires: ["gpu"] });
    await special.execute(run, { start: 0, end: 2 });
    await until(() => reasons.length > 0);
    expect(reasons).toEqual([
      "a node that takes work of tenant default that requires cpu: none of 1 does",
    ]);
    const told = await startNode(server.url, "picky", ["cpu", "gpu"], { observe: observe("told") });
    await waiting;
    expect(new Set(delivered)).toEqual(new Set(["picky: gpu", "told: cpu"]));
    await Promise.all([plain.close(), special.close()]);
    await Promise.all([picky.stop(), told.stop()]);
  });
});

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20));
}
