import * as esbuild from "esbuild";

let running = 0;

/**
 * Runs one esbuild build. Builds that overlap share one esbuild process; it is ended with the last of
 * them, also when they fail, so that it never outlives the program.
 *
 * @throws What `esbuild.build` throws: a `BuildFailure`.
 */
export async function build<T extends esbuild.BuildOptions>(
  options: esbuild.SameShape<esbuild.BuildOptions, T>,
): Promise<esbuild.BuildResult<T>> {
  running += 1;
  try {
    return await esbuild.build(options);
  } finally {
    running -= 1;
    if (running === 0) await esbuild.stop();
  }
}
