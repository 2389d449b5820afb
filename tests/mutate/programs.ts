import type { JavaScriptArtifact } from "../../sandbox/artifact.ts";
import { bundle } from "../../sandbox/bundle/bundle.ts";
import { type Mutant, mutants, mutate } from "../../src/mutate/mutants.ts";
import { ROOT } from "../house/sources.ts";

/** A small program, bundled. */
export function program(source: string, name = "program.ts"): Promise<JavaScriptArtifact> {
  return bundle({ stdin: source, resolveDir: ROOT, name });
}

/** A mutant's code without the list of exports at its end. */
export function codeOf(artifact: JavaScriptArtifact, mutant: Mutant): string {
  return mutate(artifact, mutant).code.replace(/export\{.*\};\n$/, "").trim();
}

/** The code of every mutant that one operator makes of a program. */
export async function mutated(operator: string, source: string): Promise<string[]> {
  const artifact = await program(source);
  return mutants(artifact, [operator]).map((mutant) => codeOf(artifact, mutant));
}
