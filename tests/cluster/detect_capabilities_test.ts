import { describe, expect, test } from "vitest";
import { capabilitiesSchema } from "../../src/cluster/capabilities.ts";
import { detectCapabilities, type Probes } from "../../src/cluster/detect_capabilities.ts";
import { toolOutput } from "../../src/cluster/tool_output.ts";
import { runtime } from "../../src/runtime/mod.ts";

const GIBIBYTE = 1024 * 1024 * 1024;

/** What the vendors' tools write, by command line. */
const NVIDIA_LIST = `GPU 0: NVIDIA A100-SXM4-40GB (UUID: GPU-5d0f3a1e-0000-0000-0000-000000000000)
GPU 1: NVIDIA A100-SXM4-40GB (UUID: GPU-5d0f3a1e-0000-0000-0000-000000000001)
`;
const nvidiaHeader = (cuda: string) =>
  `Thu Nov 26 13:00:00 2026
+---------------------------------------------------------------------------------------+
| NVIDIA-SMI 535.104.05             Driver Version: 535.104.05   CUDA Version: ${cuda}     |
|-----------------------------------------+----------------------+----------------------+
`;
const AMD_LIST = `
============================ ROCm System Management Interface ============================
=========================================== ID ===========================================
GPU[0]		: Device Name: 		AMD Instinct MI250X
GPU[0]		: Device ID: 		0x740c
==========================================================================================
`;

/** The least machine that there is, but for what a test says. */
function machine(
  { tools = {}, ...probes }: Partial<Probes> & { tools?: Record<string, string> } = {},
): Probes {
  return {
    cores: () => 1,
    memory: () => Promise.resolve(GIBIBYTE / 2),
    output: (program, args) => Promise.resolve(tools[[program, ...args].join(" ")]),
    hasWebGpu: () => Promise.resolve(false),
    runtime: "deno",
    ...probes,
  };
}

const LEAST = ["cores-1", "cpu", "deno", "js", "wasm"];

/** What a machine has beyond the least. */
async function beyond(probes: Parameters<typeof machine>[0]): Promise<string[]> {
  return (await detectCapabilities(machine(probes))).filter((tag) => !LEAST.includes(tag));
}

describe("a machine", () => {
  test("of one core and little memory has what every machine has", async () => {
    expect(await detectCapabilities(machine())).toEqual(LEAST);
    expect(await detectCapabilities(machine({ runtime: "bun" }))).toContain("bun");
  });

  test.each([
    [3, ["cores-2"]],
    [4, ["cores-2", "cores-4"]],
    [5000, [2, 4, 8, 16, 32, 64, 128, 256, 512, 1024].map((n) => `cores-${n}`)],
  ])("of %i cores has the tags up to them", async (cores, tags) => {
    expect((await beyond({ cores: () => cores })).sort()).toEqual(tags.sort());
  });

  test.each([
    [1, ["mem-1g"]],
    [15.6, ["mem-1g", "mem-2g", "mem-4g", "mem-8g"]],
    [4096, [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024].map((n) => `mem-${n}g`)],
  ])("of %f GiB has the tags up to them", async (gibibytes, tags) => {
    const memory = () => Promise.resolve(gibibytes * GIBIBYTE);
    expect((await beyond({ memory })).sort()).toEqual(tags.sort());
  });

  test("of all that there is has tags enough for no more", async () => {
    const all = await detectCapabilities(machine({
      cores: () => 1e6,
      memory: () => Promise.resolve(1e18),
      tools: { "nvidia-smi -L": NVIDIA_LIST, "nvidia-smi": nvidiaHeader("12.2") },
      hasWebGpu: () => Promise.resolve(true),
    }));
    expect(capabilitiesSchema.parse(all)).toEqual(all);
  });
});

describe("a GPU", () => {
  test("of NVIDIA's is seen, with the CUDA that its driver serves", async () => {
    const tools = { "nvidia-smi -L": NVIDIA_LIST, "nvidia-smi": nvidiaHeader("12.2") };
    expect(await beyond({ tools })).toEqual(["cuda12", "gpu"]);
    expect(await beyond({ tools: { ...tools, "nvidia-smi": nvidiaHeader("N/A ") } }))
      .toEqual(["gpu"]);
    expect(await beyond({ tools: { "nvidia-smi -L": NVIDIA_LIST } })).toEqual(["gpu"]);
  });

  test("of AMD's is seen", async () => {
    expect(await beyond({ tools: { "rocm-smi --showid": AMD_LIST } })).toEqual(["gpu"]);
  });

  test("is not there because a tool is", async () => {
    const tools = {
      "nvidia-smi -L": "No devices found.\n",
      "nvidia-smi": nvidiaHeader("12.2"),
      "rocm-smi --showid": "WARNING: No AMD GPUs specified\n",
    };
    expect(await beyond({ tools })).toEqual([]);
  });
});

describe("WebGPU", () => {
  test("is there with an adapter", async () => {
    expect(await beyond({ hasWebGpu: () => Promise.resolve(true) })).toEqual(["wgsl"]);
  });

  test("is not there where the driver fails, or never answers", async () => {
    expect(await beyond({ hasWebGpu: () => Promise.reject(new Error("no driver")) })).toEqual([]);
    expect(await beyond({ hasWebGpu: () => new Promise(() => {}) })).toEqual([]);
  });
});

describe("a tool", () => {
  test("gives what it writes", async () => {
    expect(await toolOutput("sh", ["-c", "echo one; echo two"])).toBe("one\ntwo\n");
  });

  test("that is absent, fails or hangs gives nothing", async () => {
    expect(await toolOutput("cupel-has-no-such-tool", [])).toBeUndefined();
    expect(await toolOutput("sh", ["-c", "echo one; exit 9"])).toBeUndefined();
    // What it has started holds its output open, and goes on for a moment.
    expect(await toolOutput("sh", ["-c", "sleep 1"], 50)).toBeUndefined();
  });
});

test("this very machine has what it runs this test with", async () => {
  const found = await detectCapabilities();
  expect(capabilitiesSchema.parse(found)).toEqual(found);
  expect(found).toEqual(expect.arrayContaining(["cores-1", "cpu", "js", "wasm"]));
  expect(found).toContain(runtime.name);
  expect(found).toContain("mem-1g");
});
