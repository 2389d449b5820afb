#!/usr/bin/env -S deno run -A
import { exit, programArguments } from "../runtime/host.ts";
import { processContext } from "./context.ts";
import { reportFailure } from "./failure.ts";
import { runProgram } from "./program.ts";

const context = processContext();

async function main(): Promise<number> {
  try {
    const code = await runProgram(programArguments(), context);
    return context.interruption.exitCode ?? code;
  } catch (error) {
    return reportFailure(error, context);
  }
}

await exit(await main());
