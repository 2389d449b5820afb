import { mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DiskArtifactCache } from "../../src/cluster/artifact_cache.ts";
import { digest } from "../../src/evaluate/digest.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "cupel-cache-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Keeps texts, each used a minute after the one before. */
async function keep(cache: DiskArtifactCache, texts: string[]): Promise<string[]> {
  const objects = texts.map(digest);
  for (const [at, text] of texts.entries()) {
    const object = objects[at] ?? "";
    await cache.put("team", object, text);
    await utimes(join(folder, `${object}.team`), 1000 + 60 * at, 1000 + 60 * at).catch(() => {});
  }
  return objects;
}

describe("a node's cache of artifacts", () => {
  test("gives back what it was given, and nothing else", async () => {
    const cache = new DiskArtifactCache(join(folder, "made", "when-needed"), 1000);
    const object = digest("text");
    expect(await cache.get("team", object)).toBeUndefined();
    await cache.put("team", object, "text");
    expect(await cache.get("team", object)).toBe("text");
    expect(await cache.get("team", "../secret")).toBeUndefined();
    expect(await cache.get("other-team", object)).toBeUndefined();
  });

  test("does not believe a file that is not what its name says, and takes it away", async () => {
    const cache = new DiskArtifactCache(folder, 1000);
    const [object = ""] = await keep(cache, ["text"]);
    await writeFile(join(folder, `${object}.team`), "tampered with");
    expect(await cache.get("team", object)).toBeUndefined();
    expect(await readdir(folder)).toEqual([]);
  });

  test("holds no more than its bound: what was used longest ago goes first", async () => {
    const cache = new DiskArtifactCache(folder, 250);
    const texts = ["a", "b", "c"].map((letter) => letter.repeat(100));
    const [first = "", second = ""] = await keep(cache, texts.slice(0, 2));
    expect(await cache.get("team", first)).toBe(texts[0]); // From now on it is the newer one.
    await cache.put("team", digest(texts[2] ?? ""), texts[2] ?? "");
    expect(await cache.get("team", second)).toBeUndefined();
    expect((await readdir(folder)).length).toBe(2);
    await cache.put("team", digest("x".repeat(300)), "x".repeat(300));
    expect((await readdir(folder)).length).toBe(2);
  });

  test("is no reason to fail where the folder cannot be written", async () => {
    const file = join(folder, "file");
    await writeFile(file, "");
    const cache = new DiskArtifactCache(file, 1000);
    await cache.put("team", digest("text"), "text");
    expect(await cache.get("team", digest("text"))).toBeUndefined();
  });
});
