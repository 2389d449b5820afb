/** Writes megabytes to the stream that its argument names, then leaves with code 3. */
import process from "node:process";
import { exit, stderr, stdout } from "../../../src/runtime/host.ts";

const stream = process.argv[2] === "stderr" ? stderr : stdout;
for (let line = 0; line < 40; line++) stream.write(`${"x".repeat(100_000)}\n`);
await exit(3);
