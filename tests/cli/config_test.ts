import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DEFAULT_POLICY } from "../../src/gate/policy.ts";
import { cupel, Folder, runtimes } from "./cupel.ts";

let folder: Folder;
beforeAll(() => {
  folder = new Folder();
});
afterAll(() => folder.dispose());

describe.each(runtimes)("cupel config on $name", ({ command }) => {
  test("prints each setting and where it comes from", async () => {
    const path = folder.write("cupel.toml", "fuel = 1_000_000\nseed = 5");
    const options = { command, cwd: folder.path, env: { CUPEL_SEED: "7" } };
    const { code, stdout, stderr } = await cupel(["config", "--shrink", "9"], options);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const lines = stdout.split("\n").map((line) => line.split(/ {2,}/));
    expect(lines).toContainEqual(["seed", "7", "CUPEL_SEED"]);
    expect(lines).toContainEqual(["fuel", "1000000", "cupel.toml: fuel"]);
    expect(lines).toContainEqual(["shrink", "9", "--shrink"]);
    expect(lines).toContainEqual(["memory", "64MiB", "default"]);
    const named = await cupel(["config", "--config", path], { command });
    expect(named.stdout).toContain(`${path}: seed`);
  });

  test("refuses what is wrong in any door, naming it", async () => {
    folder.write("cupel.toml", "seed = 5\nmemroy = 3");
    const { code, stdout, stderr } = await cupel(["config"], { command, cwd: folder.path });
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr).toBe(
      'error: cannot use cupel.toml: memroy is no setting; did you mean "memory"?\n',
    );
    const other = await cupel(["config"], { command, env: { CUPEL_SEED: "\u001b[31m" } });
    expect(other).toMatchObject({ code: 3, stdout: "" });
    expect(other.stderr).toBe(
      "error: cannot use CUPEL_SEED as it must be a whole number from 0 to 4294967295: current " +
        'value is "\\x1b[31m"\n',
    );
  });
});

test("as JSON it has the policy in full, with the way of looking that is set", async () => {
  const { code, stdout } = await cupel(["config", "--json", "--sequential"]);
  expect(code).toBe(0);
  const { settings, policy } = JSON.parse(stdout);
  expect(policy).toEqual({ ...DEFAULT_POLICY, sequential: { method: "always-valid" } });
  expect(settings).toMatchObject({
    cases: { value: null, origin: "default" },
    memory: { value: 67_108_864, origin: "default" },
    policy: { value: "default", origin: "default" },
    sequential: { value: "always-valid", origin: "--sequential" },
  });
});
