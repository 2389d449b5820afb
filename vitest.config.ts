import { defineConfig } from "vitest/config";
import { LongFilesFirst } from "./tests/runner/long_files_first.ts";

export default defineConfig({
  test: {
    include: ["tests/**/*_test.ts"],
    globalSetup: "tests/support/user_folders.ts",
    // A file gets a process of its own, so that no test can leave state behind for another.
    pool: "forks",
    // Some tests are hostile and some watch the clock: more workers than cores would starve them.
    maxWorkers: 2,
    // Only against what hangs, and the same for all tests. How long the longest takes on a machine that is
    // busy with ten other things is many times what it takes on an idle one, and no fault of what is tested.
    testTimeout: 2_400_000,
    hookTimeout: 2_400_000,
    teardownTimeout: 10_000,
    // Files in a random order but for the longest, tests too: none may depend on another.
    sequence: { sequencer: LongFilesFirst, shuffle: { tests: true } },
  },
});
