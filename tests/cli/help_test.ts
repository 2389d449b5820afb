import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ROOT } from "../house/sources.ts";
import { COMMANDS } from "../../src/cli/catalogue.ts";
import { VERSION } from "../../src/version.ts";
import { cupel, runtimes } from "./cupel.ts";

describe.each(runtimes)("on $name", ({ command }) => {
  test("--version prints the version of the package", async () => {
    expect(await cupel(["--version"], { command })).toEqual({
      code: 0,
      stdout: `${VERSION}\n`,
      stderr: "",
    });
  });

  test("--help lists every command", async () => {
    const { code, stdout, stderr } = await cupel(["--help"], { command });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    // A long summary goes over two lines.
    const text = stdout.replace(/\s+/g, " ");
    for (const { summary } of COMMANDS) expect(text).toContain(summary);
  });
});

test("the version is the same everywhere", () => {
  for (const file of ["package.json", "deno.json"]) {
    expect(JSON.parse(readFileSync(join(ROOT, file), "utf8")).version).toBe(VERSION);
  }
});

test.each(COMMANDS)("help of $name has every option, examples and exit codes", async (entry) => {
  const spec = await entry.load();
  const { stdout } = await cupel([entry.name, "--help"]);
  // A long description goes over several lines.
  const text = stdout.replace(/\s+/g, " ");
  for (const { flags, description, required } of spec.options) {
    expect(text).toContain(`${flags} ${description}${required === true ? " (required)" : ""}`);
  }
  for (const { title, lines } of spec.sections ?? []) {
    expect(stdout).toContain(`\n${title}:\n  ${lines.join("\n  ")}\n`);
  }
  for (const { line } of spec.examples) expect(stdout).toContain(line);
  expect(stdout).toContain("Exit codes: 0 ");
  expect((await cupel(["help", entry.name])).stdout).toBe(stdout);
});

test("help of the cluster's commands says what must be given, what it may be, and what actions do", async () => {
  const helpOf = async (name: string) =>
    (await cupel([name, "--help"])).stdout.replace(/\s+/g, " ");
  const evaluate = await helpOf("evaluate");
  expect(evaluate).toContain("--metrics-port <n> with --nats: ");
  expect(evaluate).toMatch(/--in-flight <n> [^<]*, 1 to 10000 /);
  for (const name of ["worker", "spawner", "dlq"]) {
    const text = await helpOf(name);
    expect(text).toMatch(/--nats <urls> [^<]* \(required\)/);
    expect(text).toMatch(/--ack-wait <time> [^<]*, 500ms to 1h; /);
  }
  const dlq = await helpOf("dlq");
  for (const action of ["list", "show ID...", "retry ID...", "export [ID...]", "drop ID..."]) {
    expect(dlq).toContain(` ${action} `);
  }
});
