import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { findCycle } from "./cycle.ts";
import { GROUND, roomOf, rowsOfRooms } from "./rooms.ts";
import { productSources, ROOT } from "./sources.ts";

const sources = productSources();
const rows = rowsOfRooms();

function rowOf(room: string): number {
  return rows.findIndex((row) => row.includes(room));
}

describe("the rooms", () => {
  test("there are sources and rows to look at", () => {
    expect(sources.length).toBeGreaterThan(20);
    expect(rows.length).toBeGreaterThan(4);
  });

  test("are all in the drawing of docs/architecture.md", () => {
    const unknown = sources.map(({ path }) => roomOf(path)).filter((room) => rowOf(room) < 0);
    expect([...new Set(unknown)]).toEqual([]);
  });

  test("import downwards only", () => {
    const upwards = sources.flatMap(({ path, imports }) =>
      imports
        .filter((target) =>
          roomOf(target) !== GROUND && rowOf(roomOf(target)) < rowOf(roomOf(path))
        )
        .map((target) => `${path} → ${target}`)
    );
    expect(upwards).toEqual([]);
  });

  test("the ground floor, src/runtime, imports nothing of the project", () => {
    const imports = sources
      .filter(({ path }) => roomOf(path) === GROUND)
      .flatMap(({ path, imports }) => imports.map((target) => ({ path, target })));
    expect(imports.filter(({ target }) => roomOf(target) !== GROUND)).toEqual([]);
  });

  test("no room imports itself by way of another", () => {
    const graph = new Map<string, Set<string>>();
    for (const { path, imports } of sources) {
      const targets = graph.get(roomOf(path)) ?? new Set();
      for (const target of imports.map(roomOf)) if (target !== roomOf(path)) targets.add(target);
      graph.set(roomOf(path), targets);
    }
    expect(findCycle(graph)).toEqual([]);
  });
});

describe("the files", () => {
  test("import files that exist, by their full name", () => {
    const missing = sources.flatMap(({ path, imports }) =>
      imports.filter((target) => !existsSync(join(ROOT, target))).map((target) => [path, target])
    );
    expect(missing).toEqual([]);
  });

  test("do not import themselves by way of others", () => {
    const graph = new Map(sources.map(({ path, imports }) => [path, new Set(imports)]));
    expect(findCycle(graph)).toEqual([]);
  });

  test("a cycle would be found", () => {
    const graph = new Map([["a", new Set(["b", "d"])], ["b", new Set(["c"])], [
      "c",
      new Set(["b"]),
    ]]);
    expect(findCycle(graph)).toEqual(["b", "c", "b"]);
  });
});
