import { coreCount, exit, programArguments, stderr, stdout } from "../../../src/runtime/host.ts";

const { isTerminal, columns } = stdout;
const facts = { args: programArguments(), isTerminal, columns, cores: coreCount() };
stderr.write(JSON.stringify(facts));
for (let i = 0; i < 1000; i++) stdout.write(`${i} ${"x".repeat(1000)}\n`);
await exit(3);
