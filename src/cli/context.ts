import process from "node:process";
import { stderr, stdout } from "../runtime/host.ts";
import type { OutputStream } from "../runtime/mod.ts";
import { Interruption } from "./interruption.ts";

/** What a command gets of the world. */
export interface Context {
  stdout: OutputStream;
  stderr: OutputStream;
  /** Whether to colour what goes to standard output. */
  colour: boolean;
  interruption: Interruption;
}

/** The context of this process. */
export function processContext(): Context {
  return {
    stdout,
    stderr,
    colour: stdout.isTerminal && wantsColour(process.env),
    interruption: new Interruption(stderr),
  };
}

/** See no-color.org: any text but the empty one in NO_COLOR turns colour off. */
function wantsColour(environment: NodeJS.ProcessEnv): boolean {
  return !environment["NO_COLOR"] && environment["TERM"] !== "dumb";
}
