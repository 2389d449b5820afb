import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, normalize } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { ROOT } from "../house/sources.ts";
import { freePort } from "../cluster/support/nats_server.ts";
import { findCompilers } from "../runner/compilers.ts";
import { findNatsServer } from "../runner/nats_server.ts";
import { selectTests } from "../runner/selection.ts";
import { type Command, commandsOf, fencesOf } from "./markdown.ts";
import { Shell } from "./shell.ts";

/** For one command: against what hangs. */
const COMMAND_MS = 600_000;

/** Tasks that run this test, or too long for one: that they exist is all that is checked. */
const BY_NAME_ONLY = ["test", "check", "bench"];

const documents = [
  ...["README.md", "CONTRIBUTING.md"],
  ...readdirSync(join(ROOT, "docs"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".md"))
    .map((path) => `docs/${path}`),
];

const { tasks } = z.object({ tasks: z.record(z.string(), z.string()) })
  .parse(JSON.parse(read("deno.json")));

let shell: Shell;
beforeAll(async () => {
  shell = new Shell(await freePort());
});
afterAll(() => shell.dispose());

function read(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}

function commandsIn(path: string): Command[] {
  return commandsOf(fencesOf(read(path)));
}

/** The task that a command runs and the arguments it gives to it. */
function taskOf({ text }: Command): { name: string; args: string[] } | undefined {
  const match = /^(?:npx -y )?deno task (\S+)(.*)$/.exec(text);
  return match?.[1] ? { name: match[1], args: (match[2] ?? "").trim().split(/\s+/) } : undefined;
}

/** Whether a command needs a compiler that does not come with the dependencies. */
function compiles({ text }: Command): boolean {
  return /^(clang|wasm-ld|\/usr\/bin\/rustc) /.test(text);
}

/** Times differ from run to run; nothing else does. */
function withoutTimes(text: string): string {
  return text.replaceAll(/\b\d+(\.\d+)? ?(µs|ms|s)\b/g, "T").trim();
}

test("README names the two commands that do everything", () => {
  const commands = commandsIn("README.md").map(({ text }) => text);
  expect(commands).toContain("npx -y deno task demo");
  expect(commands).toContain("npx -y deno task test");
});

test("README's task judges README's baseline, and is content with it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "cupel-readme-"));
  try {
    for (const { language, content } of fencesOf(read("README.md"))) {
      const name = /^\/\/ (\S+\.ts)\n/.exec(content)?.[1];
      if (language === "ts" && name) writeFileSync(join(folder, name), content);
    }
    const [task, baseline] = ["task.ts", "baseline.ts"].map((name) => join(folder, name));
    const command = `cupel evaluate ${task} --baseline ${baseline} --candidate ${baseline} --json`;
    const { code, stdout, stderr } = await shell.run(command, COMMAND_MS);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(JSON.parse(stdout)).toMatchObject({ verdict: "adopt", run: { entry: "absolute" } });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

describe.each(documents)("%s", (path) => {
  test("every link to a file leads somewhere", () => {
    const links = [...read(path).matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, target]) =>
      target ?? ""
    );
    const broken = links
      .filter((target) => !/^https?:/.test(target))
      .filter((target) => !existsSync(join(ROOT, normalize(join(dirname(path), target)))));
    expect(broken).toEqual([]);
  });

  test("every command does what it says", async ({ skip }) => {
    const commands = commandsIn(path);
    const compilers = findCompilers();
    if (!compilers.found && commands.some(compiles)) return skip(compilers.reason);
    if (findNatsServer() === undefined && commands.some(({ text }) => /^nats-server /.test(text))) {
      return skip("there is no nats-server: see tests/runner/nats_server.ts");
    }
    for (const command of commands) await check(command);
  });
});

async function check(command: Command): Promise<void> {
  const task = taskOf(command);
  if (task) expect(Object.keys(tasks), command.text).toContain(task.name);
  if (task && BY_NAME_ONLY.includes(task.name)) return checkByName(task);
  if (command.text.endsWith("&")) return await shell.start(shell.apart(command.text));
  const { code, stdout, stderr } = await shell.run(shell.apart(command.text), COMMAND_MS);
  expect({ command: command.text, code, stderr }).toMatchObject({ code: command.exitCode });
  if (command.output !== undefined) {
    expect(withoutTimes(stdout)).toBe(withoutTimes(command.output));
  }
}

function checkByName({ name, args }: { name: string; args: string[] }): void {
  if (name !== "test") return;
  const end = args.includes("--") ? args.indexOf("--") : args.length;
  for (const filter of args.slice(0, end)) {
    expect(selectTests(ROOT, [filter]).all.length, filter).toBeGreaterThan(0);
  }
}
