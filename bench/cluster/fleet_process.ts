/**
 * Many light nodes in one process, each on a connection of its own: `fleet_process.ts URL PREFIX COUNT`.
 * Says `ready` when all are registered; from then on answers each line with the messages that went over
 * their connections so far.
 */
import process from "node:process";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { openCluster } from "../../src/cluster/open.ts";
import type { Topology } from "../../src/cluster/topology.ts";
import { ACK_WAIT_MS } from "./cluster.ts";
import { startLightNodes } from "./light_nodes.ts";
import { makeSample } from "./sample.ts";

/** Connections that are opened at a time. */
const AT_A_TIME = 20;

const [url = "", prefix = "", count = ""] = process.argv.slice(2);
const sample = await makeSample();
const topologies: Topology[] = [];
while (topologies.length < Number(count)) {
  const more = Math.min(AT_A_TIME, Number(count) - topologies.length);
  const open = () => openCluster({ servers: [url], prefix, ackWaitMs: ACK_WAIT_MS }, "node");
  const opened = await Promise.all(Array.from({ length: more }, open));
  startLightNodes(opened, 1, sample);
  topologies.push(...opened);
}
await allAreRegistered();
console.log("ready");
for await (const _ of createInterface({ input: process.stdin })) {
  const stats = topologies.map(({ connection }) => connection.stats());
  console.log(stats.reduce((sum, { inMsgs, outMsgs }) => sum + inMsgs + outMsgs, 0));
}

async function allAreRegistered(): Promise<void> {
  const [topology] = topologies;
  if (topology === undefined) return;
  const { manager, names } = topology;
  for (;;) {
    const { state } = await manager.streams.info(`KV_${names.nodes}`);
    if (state.messages >= topologies.length) return;
    await sleep(100);
  }
}
