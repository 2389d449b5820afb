import { exit, onInterrupt, stdout } from "../../../src/runtime/host.ts";

const working = setInterval(() => {}, 1000);
const stop = onInterrupt(async (signal) => {
  stop();
  clearInterval(working);
  stdout.write(`stopped by ${signal}\n`);
  await exit(signal === "SIGINT" ? 130 : 143);
});
stdout.write("working\n");
