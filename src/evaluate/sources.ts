import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Artifact } from "../../sandbox/artifact.ts";
import { isWasmFile, readArtifact } from "../../sandbox/bundle/artifact_file.ts";
import { bundle } from "../../sandbox/bundle/bundle.ts";

/** What the host calls in a task's isolate: see `Driver` in src/task/driver.ts. */
const DRIVER_CALLS = [
  "describe",
  "plan",
  "shrink",
  "feedBack",
  "judge",
  "formatInputs",
  "formatOutputs",
];

/** A run's files, as the user named them. */
export interface SourceFiles {
  task: string;
  baseline: string;
  candidate: string;
}

/** A run's artifacts. From here on the files are not looked at any more. */
export type Sources = Record<keyof SourceFiles, Artifact>;

/**
 * Makes an artifact of each of a run's files.
 *
 * @throws {SandboxError} `bad-source`, naming the file, for what cannot be read or bundled.
 */
export async function bundleSources(files: SourceFiles): Promise<Sources> {
  const making = [
    bundleTask(files.task),
    readArtifact(files.baseline),
    readArtifact(files.candidate),
  ] as const;
  // Whichever fails: the program may end then, and esbuild must not be cut off in the middle of another build.
  await Promise.allSettled(making);
  const [task, baseline, candidate] = await Promise.all(making);
  return { task, baseline, candidate };
}

/**
 * Bundles a task file with the driver that lets the host call it. A task in WebAssembly answers the driver's
 * calls itself: see docs/guests.md.
 *
 * `cupel/task` and `fast-check` always mean Cupel's own copies: the cases that a seed stands for must
 * not depend on what is installed beside the task.
 *
 * @throws {SandboxError} `bad-source`, naming the file, for what cannot be read or bundled.
 */
export function bundleTask(file: string): Promise<Artifact> {
  return isWasmFile(file) ? readArtifact(file) : bundleDriven(file, `drive(file["default"])`);
}

/**
 * The same, but with every relation of the library that may fit the task's inputs in place of its own
 * relations: see `withTrials`.
 *
 * @throws {SandboxError} `bad-source`, naming the file, for what cannot be read or bundled.
 */
export function bundleTrials(file: string): Promise<Artifact> {
  const imports = [`import { withTrials } from "cupel/task/relations/trials";`];
  return bundleDriven(file, `drive(withTrials(file["default"]))`, imports);
}

async function bundleDriven(
  file: string,
  driven: string,
  imports: string[] = [],
): Promise<Artifact> {
  const name = basename(file);
  const entry = [
    // The driver comes first: it makes the ground ready for what the task imports.
    `import { drive } from "cupel/task/driver";`,
    ...imports,
    `import * as file from ${JSON.stringify(`./${name}`)};`,
    `export const { ${DRIVER_CALLS.join(", ")} } = ${driven};`,
  ].join("\n");
  const artifact = await bundle(
    { stdin: entry, resolveDir: dirname(file), name: `${name}.driver.ts`, shownAs: file },
    { aliases: taskAliases() },
  );
  return { ...artifact, name };
}

function taskAliases(): Record<string, string> {
  const library = fileURLToPath(new URL("../task/", import.meta.url));
  const fastCheck = dirname(createRequire(import.meta.url).resolve("fast-check/package.json"));
  return {
    "cupel/task": join(library, "mod.ts"),
    "cupel/task/driver": join(library, "driver.ts"),
    "cupel/task/relations": join(library, "relations", "mod.ts"),
    "cupel/task/relations/trials": join(library, "relations", "trials.ts"),
    // Its ES module: unlike the one for `require`, what a task does not use can be left out of it.
    "fast-check": join(fastCheck, "lib", "fast-check.js"),
  };
}
