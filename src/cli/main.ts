#!/usr/bin/env -S deno run -A
import process from "node:process";
import { endOutput, exit, programArguments } from "../runtime/host.ts";
import { processContext } from "./context.ts";
import { reportFailure, reportLostOutput } from "./failure.ts";
import { isLateReset } from "./late_reset.ts";
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

// An error that nobody awaits would end the process with 1, which stands for a rejection.
const fail = (error: unknown) => void exit(reportFailure(error, context));
process.on("uncaughtException", (error) => {
  if (!isLateReset(error)) fail(error);
});
process.on("unhandledRejection", fail);

const code = await main();
const lost = await endOutput();
await exit(lost === undefined ? code : reportLostOutput(lost, context));
