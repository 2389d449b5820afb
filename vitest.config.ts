import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*_test.ts"],
    // A file gets a process of its own, so that no test can leave state behind for another.
    pool: "forks",
    // Some tests are hostile and some watch the clock: more workers than cores would starve them.
    maxWorkers: 2,
    // Generous, as a slow machine is no fault of the code under test; a hang still ends.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    teardownTimeout: 10_000,
    // Files in a random order, tests too: none may depend on another.
    sequence: { shuffle: { files: true, tests: true } },
  },
});
