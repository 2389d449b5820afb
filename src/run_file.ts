import * as z from "zod";
import { readArtifact } from "../sandbox/bundle/artifact_file.ts";
import { type Limits, limitsSchema } from "../sandbox/limits.ts";
import type { Outcome } from "../sandbox/outcome.ts";
import { runOnce } from "../sandbox/pool/once.ts";
import type { Value } from "../sandbox/values/value.ts";
import { parseOptions, SEED } from "./options.ts";

/** What {@linkcode runFile} takes. What is left out takes its default. */
export interface RunFileOptions {
  /** A TypeScript, JavaScript or WebAssembly file, or the manifest of one. */
  file: string;
  /** The exported function to call. */
  call: string;
  args?: Value[];
  /** Seeds the guest's `Math.random`: an unsigned 32-bit integer; 42 by default. */
  seed?: number;
  limits?: Partial<Limits>;
  /** Aborting it ends the call; the promise then rejects with the signal's reason. */
  signal?: AbortSignal;
}

const callSchema = z.object({ seed: SEED, limits: limitsSchema });

/**
 * Calls one exported function of an untrusted file in an isolate of its own. What the guest does wrong
 * is an outcome, never a throw.
 *
 * @throws {CupelError} `bad-input` for an option out of range.
 * @throws {SandboxError} `bad-source` for a file that cannot be read or bundled, that is refused before anything
 * of it runs, or that exports no such function.
 */
export async function runFile(options: RunFileOptions): Promise<Outcome> {
  const { file, call, args = [], signal } = options;
  const { seed, limits } = parseOptions(callSchema, options);
  const artifact = await readArtifact(file);
  const job = { artifact, limits, entry: call, args, seed };
  return await runOnce(signal ? { ...job, signal } : job);
}
