import { Buffer } from "node:buffer";
import { deflateSync, zlibSync } from "fflate";
import { describe, expect, test } from "vitest";
import { wasmArtifact } from "../../sandbox/bundle/wasm_file.ts";
import { digest } from "../../src/evaluate/digest.ts";
import { bundleSources } from "../../src/evaluate/sources.ts";
import { packedSourceSchema, packSources, unpackArtifact } from "../../src/report/sources.ts";
import { projectFile } from "../evaluate/runs.ts";
import { artifact } from "./reports.ts";

const SOURCE_MAP = JSON.stringify({ version: 3, sources: ["a.ts"], names: [], mappings: "AAAA" });
const named = { name: "a.ts", sha256: digest("a.ts") };

function packed(text: string): string {
  return Buffer.from(zlibSync(new TextEncoder().encode(text))).toString("base64");
}

/** What unpacking as the candidate says. */
function refusal(code: string, sourceMap?: string): string {
  try {
    unpackArtifact("candidate", named, { code, ...(sourceMap === undefined ? {} : { sourceMap }) });
  } catch (error) {
    expect(error).toMatchObject({ name: "CupelError", code: "bad-input" });
    return (error as Error).message;
  }
  throw new Error("it was not refused");
}

describe("a run's sources in a report", () => {
  test("come out as they went in, source maps and all", async () => {
    const sources = await bundleSources({
      task: projectFile("examples/top-k/task.ts"),
      baseline: projectFile("examples/top-k/baseline.ts"),
      candidate: projectFile("examples/top-k/heap.ts"),
    });
    const all = packSources(sources);
    expect(JSON.stringify(packSources(sources))).toBe(JSON.stringify(all));
    for (const role of ["task", "baseline", "candidate"] as const) {
      expect(unpackArtifact(role, sources[role], JSON.parse(JSON.stringify(all[role])))).toEqual(
        sources[role],
      );
    }
  });

  test("have no source map where there was none, and keep every character", () => {
    const code = "// \u0000 é 漢 😀 \ud7ff";
    const odd = { ...artifact("x"), code, sha256: digest(code) };
    const { baseline } = packSources({ task: odd, baseline: odd, candidate: odd });
    expect(baseline).not.toHaveProperty("sourceMap");
    expect(unpackArtifact("baseline", odd, baseline)).toEqual(odd);
  });
});

describe("sources that a report does not hold", () => {
  test("are refused where the code is not what its hash names", () => {
    expect(refusal(packed("tampered"))).toBe(
      "Cannot use the report's sources.candidate.code as its SHA-256 must be " +
        `run.artifacts.candidate.sha256 (${named.sha256}): current value is ${digest("tampered")}`,
    );
  });

  test.each<[string, string]>([
    ["nothing", ""],
    ["no base64", "!!! no base64 !!!"],
    ["base64 of no zlib", Buffer.from("plain text").toString("base64")],
    ["raw deflate", Buffer.from(deflateRaw("a.ts")).toString("base64")],
    ["half of it", packed("a.ts".repeat(1000)).slice(0, 20)],
  ])("are refused where they are %s", (_, code) => {
    expect(refusal(code)).toBe(
      "Cannot use the report's sources.candidate.code as it must be zlib in base64",
    );
  });

  test.each<[string, string]>([
    ["no JSON", "{"],
    ["no object", "7"],
    ["another version", SOURCE_MAP.replace("3", "2")],
    ["without mappings", JSON.stringify({ version: 3, sources: [], names: [] })],
    ["with sources that are none", JSON.stringify({ ...JSON.parse(SOURCE_MAP), sources: [1] })],
  ])("are refused where a source map is %s", (_, sourceMap) => {
    expect(refusal(packed("a.ts"), packed(sourceMap))).toBe(
      "Cannot use the report's sources.candidate.sourceMap as it must be a source map",
    );
    expect(refusal(packed("a.ts"), "%")).toContain("sources.candidate.sourceMap");
  });

  test("cannot fill the memory by unpacking to more than any source has", () => {
    const bomb = zlibSync(new Uint8Array(65 * 1024 * 1024), { level: 1 });
    expect(refusal(Buffer.from(bomb).toString("base64"))).toContain("sources.candidate.code");
  });
});

describe("a source map of a report", () => {
  test("cannot be far longer than its code, as decoding one takes much memory", () => {
    const map = SOURCE_MAP.replace("AAAA", ";".repeat(70_000));
    expect(refusal(packed("a.ts"), packed(map))).toBe(
      "Cannot use the report's sources.candidate.sourceMap as it must have at most 65616 characters " +
        `for a code of 4: current value has ${map.length}`,
    );
  });
});

function deflateRaw(text: string): Uint8Array {
  return deflateSync(new TextEncoder().encode(text));
}

describe("what a manifest granted, in a report", () => {
  const bytes = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
  const grantsWith = (args: string[], paths: string[]) => ({
    args,
    files: new Map(paths.map((path) => [path, new Uint8Array([1, 2])])),
  });
  const packedWith = (args: string[], paths: string[]) => {
    const sent = wasmArtifact(bytes, "a.toml", grantsWith(args, paths));
    return { sent, packed: packSources({ task: sent, baseline: sent, candidate: sent }).task };
  };

  test("comes out as it went in", () => {
    const { sent, packed } = packedWith(["--strict"], ["/a/b", "/a/c"]);
    const parsed = packedSourceSchema.parse(JSON.parse(JSON.stringify(packed)));
    expect(unpackArtifact("task", sent, parsed)).toEqual(sent);
  });

  test.each([
    ["a relative path", [], ["a"]],
    ["a path that goes up", [], ["/a/../b"]],
    ["a path with an empty part", [], ["/a//b"]],
    ["no path", [], [""]],
    ["an argument with a null character", ["a\0b"], []],
  ])("is refused with %s, though its hash is right", (_, args, paths) => {
    expect(packedSourceSchema.safeParse(packedWith(args, paths).packed).success).toBe(false);
  });

  test("is refused with a file in a file", () => {
    const { sent, packed } = packedWith([], ["/a", "/a/b"]);
    expect(() => unpackArtifact("task", sent, packed))
      .toThrow('sources.task.grants as files."/a/b" cannot be a file in /a');
  });
});
