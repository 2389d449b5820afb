/** Prints what is left of instances that an isolate replaced, after the garbage was collected. */
import { stdout } from "node:process";
import { isolateOf, valueOf } from "../support.ts";
import { collectGarbage } from "./garbage.ts";
import { guestMemoryBytes } from "./guest_memories.ts";

/** What is printed, as JSON. */
export interface ReplacedInstances {
  /** How many instances were made, one after the other. */
  made: number;
  /** Bytes of one instance's memory when it is replaced. */
  instanceBytes: number;
  /** Bytes of the memories of all instances that something still holds, the last one's included. */
  aliveBytes: number;
}

const CALLS = 24;

/** More than the 64 MiB that an instance has at its start, so that its memory can grow. */
const memoryBytes = 96 * 2 ** 20;
const GROW = "export const grow = () => new Uint8Array(2 ** 26).length";

let made = 0;
const observer = { starting: () => void made++, interruptible: () => {}, started: () => {} };
const isolate = await isolateOf(GROW, { memoryBytes }, { observer });
let instanceBytes = 0;
for (let call = 0; call < CALLS; call++) {
  valueOf(isolate.call("grow", []));
  instanceBytes = isolate.memories().reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
  // A collector may take what the running turn has looked at for in use.
  await new Promise((resolve) => setTimeout(resolve));
  collectGarbage();
}
const left: ReplacedInstances = { made, instanceBytes, aliveBytes: guestMemoryBytes() };
stdout.write(JSON.stringify(left));
