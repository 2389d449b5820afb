import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { OutputFile } from "../../../src/cli/input/output_file.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cupel-report-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("a file of output", () => {
  test("is written beside a link that somebody planted, and not through it", async () => {
    const victim = join(folder, "victim");
    symlinkSync(victim, join(folder, `.report.json.${process.pid}.part`));
    const path = join(folder, "report.json");
    await (await OutputFile.prepare("--report", path)).write("{}");
    expect(readFileSync(path, "utf8")).toBe("{}");
    expect(lstatSync(path).isSymbolicLink()).toBe(false);
    expect(readdirSync(folder)).not.toContain("victim");
  });

  test("has a draft whose name nobody can foresee", async () => {
    const drafts = await Promise.all(
      [1, 2].map(() => OutputFile.prepare("--report", join(folder, "report.json"))),
    );
    await Promise.all(drafts.map((draft, at) => draft.write(`${at}`)));
    expect(readdirSync(folder)).toEqual(["report.json"]);
  });

  test("may have a name as long as a file's can be", async () => {
    const path = join(folder, `${"r".repeat(250)}.json`);
    await (await OutputFile.prepare("--report", path)).write("{}");
    expect(readFileSync(path, "utf8")).toBe("{}");
  });

  test("is written part by part, and stays as it was where the parts end early", async () => {
    const path = join(folder, "report.jsonl");
    const file = await OutputFile.prepare("--output", path);
    async function* parts(fault?: Error) {
      for (const part of ["1\n", "2\n"]) yield await Promise.resolve(part);
      if (fault) throw fault;
    }
    await file.write(parts());
    const fault = new Error("the server went away");
    await expect(file.write(parts(fault))).rejects.toBe(fault);
    expect(readFileSync(path, "utf8")).toBe("1\n2\n");
    expect(readdirSync(folder)).toEqual(["report.jsonl"]);
  });
});
