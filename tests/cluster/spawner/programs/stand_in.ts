/**
 * Stands in for a worker where only its process matters. Arguments: a folder in which it leaves a file of its
 * name while it runs, its name, and how it lives: `stays`, `lingers` once it is told to stop, `idles`, `expires`,
 * `crashes`; `cannot-connect` for a while, and never says that it serves.
 */
import { renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { exit, onInterrupt, programArguments, stdout } from "../../../../src/runtime/host.ts";

const [folder = "", name = "", life = "stays"] = programArguments();
const file = join(folder, name);

async function end(code: number, reason: string): Promise<void> {
  stdout.write(`node ${name} stopped: ${reason}\n`);
  rmSync(file, { force: true });
  await exit(code);
}

onInterrupt((signal) => {
  if (life === "lingers") return;
  void end(0, `told to (${signal})`);
});
if (life === "cannot-connect") setTimeout(() => void end(3, "cannot connect"), 300);
else stdout.write(`node ${name} serves cpu\n`);
// Against what forgets it.
setTimeout(() => void end(9, "nobody"), 60_000);
// From now on it takes signals. The file is there at once, with all that is in it.
writeFileSync(`${file}.draft`, `${process.pid}`);
renameSync(`${file}.draft`, file);
if (life === "idles") setTimeout(() => void end(0, "idle for 30 s"), 20);
if (life === "expires") setTimeout(() => void end(0, "up for 1 h"), 20);
if (life === "crashes") void end(70, "crash");
