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
});
