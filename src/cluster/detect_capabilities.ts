import { setTimeout as sleep } from "node:timers/promises";
import { coreCount } from "../runtime/host.ts";
import { runtime } from "../runtime/mod.ts";
import { capabilitiesSchema } from "./capabilities.ts";
import { machineMemory } from "./machine_memory.ts";
import { toolOutput } from "./tool_output.ts";

const GIBIBYTE = 1024 * 1024 * 1024;

/** Highest number in a tag: a machine that has more has the tags up to it. */
const MOST = 1024;

/** Milliseconds that the graphics driver gets to say whether there is an adapter. */
const ADAPTER_LIMIT_MS = 3000;

/** How the machine is asked what it has. */
export interface Probes {
  /** Threads that can run at the same time. */
  cores(): number;
  /** Bytes of memory that there are. */
  memory(): Promise<number>;
  /** What a program writes; nothing where it is not there, or fails. */
  output(program: string, args: readonly string[]): Promise<string | undefined>;
  /** Whether the runtime has WebGPU with an adapter. */
  hasWebGpu(): Promise<boolean>;
  /** The runtime's name. */
  runtime: string;
}

/** This very machine. */
export const MACHINE: Probes = {
  cores: coreCount,
  memory: machineMemory,
  output: toolOutput,
  hasWebGpu: () => runtime.hasWebGpu(),
  runtime: runtime.name,
};

/**
 * The capabilities that a machine has by itself, in canonical form. What each tag means is in
 * docs/cluster.md. What cannot be found out is not there: nothing is thrown.
 */
export async function detectCapabilities(probes: Probes = MACHINE): Promise<string[]> {
  const [memory, graphics, hasWebGpu] = await Promise.all([
    probes.memory(),
    graphicsTags(probes),
    adapterIsThere(probes),
  ]);
  return capabilitiesSchema.parse([
    "cpu",
    ...powersUpTo(probes.cores()).map((cores) => `cores-${cores}`),
    ...powersUpTo(memory / GIBIBYTE).map((gibibytes) => `mem-${gibibytes}g`),
    ...graphics,
    ...(hasWebGpu ? ["wgsl"] : []),
    probes.runtime,
    // Whoever runs this code runs guests of both.
    "js",
    "wasm",
  ]);
}

/** 1, 2, 4 and so on. A machine that has 8 of something has the tags of all who ask for less as well. */
function powersUpTo(amount: number): number[] {
  const powers: number[] = [];
  for (let power = 1; power <= Math.min(amount, MOST); power *= 2) powers.push(power);
  return powers;
}

/** Tools are asked for their list of devices: that one is installed says nothing. */
async function graphicsTags({ output }: Probes): Promise<string[]> {
  const [nvidia = "", amd = ""] = await Promise.all([
    output("nvidia-smi", ["-L"]),
    output("rocm-smi", ["--showid"]),
  ]);
  const hasNvidia = /^GPU \d+:/m.test(nvidia);
  const hasAmd = /^GPU\[\d+\]/m.test(amd);
  return [
    ...(hasNvidia || hasAmd ? ["gpu"] : []),
    ...(hasNvidia ? cudaTags(await output("nvidia-smi", [])) : []),
  ];
}

/** The header says the latest version of CUDA that the driver serves, or N/A. */
function cudaTags(header = ""): string[] {
  const [, major] = /CUDA Version:\s*(\d{1,3})\./.exec(header) ?? [];
  return major === undefined ? [] : [`cuda${major}`];
}

/** A driver that fails or hangs has no adapter for anybody. */
async function adapterIsThere({ hasWebGpu }: Probes): Promise<boolean> {
  const ending = new AbortController();
  const late = sleep(ADAPTER_LIMIT_MS, false, { signal: ending.signal });
  // It is the loser of the race once there is an answer.
  late.catch(() => {});
  try {
    return await Promise.race([hasWebGpu(), late]);
  } catch {
    return false;
  } finally {
    ending.abort();
  }
}
