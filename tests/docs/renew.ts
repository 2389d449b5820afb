/**
 * Runs the commands of the `console` blocks of README.md and puts what they print below them. For
 * after a change of what Cupel prints: `deno run -A tests/docs/renew.ts`.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../house/sources.ts";
import { commandsOf, fencesOf } from "./markdown.ts";
import { freePort } from "../cluster/support/nats_server.ts";
import { Shell } from "./shell.ts";

const TIMEOUT_MS = 60_000;
const path = join(ROOT, "README.md");
const shell = new Shell(await freePort());
let text = readFileSync(path, "utf8");
try {
  for (const { text: command, output, exitCode } of commandsOf(fencesOf(text))) {
    if (output === undefined) continue;
    const { code, stdout, stderr } = await shell.run(shell.apart(command), TIMEOUT_MS);
    if (code !== exitCode) throw new Error(`${command} ended with ${code}: ${stderr}`);
    text = text.replace(output, () => `${stdout.trim()}\n`);
  }
} finally {
  await shell.dispose();
}
writeFileSync(path, text);
