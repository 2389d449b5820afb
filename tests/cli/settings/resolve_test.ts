import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { resolveSettings } from "../../../src/cli/settings/resolve.ts";
import {
  limitsOf,
  policyOf,
  repetitionsOf,
  RUN_SETTINGS,
} from "../../../src/cli/settings/run_settings.ts";
import { SETTING_NAMES, SETTINGS } from "../../../src/cli/settings/settings.ts";
import type { OptionValues } from "../../../src/cli/command.ts";
import { CupelError } from "../../../src/errors.ts";
import { DEFAULT_POLICY } from "../../../src/gate/policy.ts";
import { DEFAULT_LIMITS } from "../../../sandbox/limits.ts";
import { Folder } from "../cupel.ts";

let folder: Folder;
beforeAll(() => {
  folder = new Folder();
});
afterAll(() => folder.dispose());

const resolve = (options: OptionValues = {}, environment: Record<string, string> = {}) =>
  resolveSettings(RUN_SETTINGS, options, environment);

/** Options that name a file of settings with this text. */
const inFile = (text: string): OptionValues => ({ config: folder.write("settings.toml", text) });

describe("a setting", () => {
  test("is taken from the command line, or the environment, or the file, or its default", async () => {
    const file = inFile("seed = 1\nshrink = 1\ncases = 1");
    const environment = { CUPEL_SEED: "2", CUPEL_SHRINK: "2" };
    const { seed, shrink, cases, fuel } = await resolve({ ...file, seed: "3" }, environment);
    expect(seed).toEqual({ value: 3, origin: "--seed" });
    expect(shrink).toEqual({ value: 2, origin: "CUPEL_SHRINK" });
    expect(cases).toEqual({ value: 1, origin: `${String(file["config"])}: cases` });
    expect(fuel).toEqual({ value: DEFAULT_LIMITS.fuel, origin: "default" });
  });

  test("is not set by an empty variable", async () => {
    expect((await resolve({}, { CUPEL_SEED: "" })).seed.origin).toBe("default");
  });

  test("of a door that is not asked may be wrong", async () => {
    expect((await resolve({ seed: "3" }, { CUPEL_SEED: "x" })).seed.value).toBe(3);
    const some = await resolveSettings(["fuel"], {}, { CUPEL_SEED: "x" });
    expect(Object.keys(some)).toEqual(["fuel"]);
  });

  test("can be set in each door, and read back as it is shown", async () => {
    const given: Record<string, string> = {
      cases: "12",
      seed: "7",
      workers: "2",
      fuel: "5_000",
      memory: "16MiB",
      deadline: "2s",
      policy: "strict:margin=0.1",
      sequential: "pocock",
      looks: "3",
      stability: "4",
      shrink: "0",
    };
    expect(Object.keys(given).sort()).toEqual([...SETTING_NAMES].sort());
    const environment = Object.fromEntries(
      SETTING_NAMES.map((name) => [SETTINGS[name].variable, given[name] ?? ""]),
    );
    const lines = Object.entries(given).map(([name, text]) => `${name} = ${JSON.stringify(text)}`);
    const fromFlags = await resolve(given);
    const fromVariables = await resolve({}, environment);
    const fromFile = await resolve(inFile(lines.join("\n")));
    for (const name of SETTING_NAMES) {
      expect(fromVariables[name].value, name).toEqual(fromFlags[name].value);
      expect(fromFile[name].value, name).toEqual(fromFlags[name].value);
      expect(fromFlags[name].origin).toBe(SETTINGS[name].flag);
    }
    expect(limitsOf(fromFlags)).toEqual({
      ...DEFAULT_LIMITS,
      fuel: 5000,
      memoryBytes: 16 * 1024 * 1024,
      deadlineMs: 2000,
    });
  });

  test.each<[OptionValues, RegExp]>([
    [{ seed: "-1" }, /^Cannot use --seed as it must be a whole number from 0 to 4294967295/],
    [{ cases: "0" }, /^Cannot use -n as it must be a whole number from 1 to 1000000/],
    [{ workers: "0" }, /^Cannot use --workers/],
    [{ memory: "1kb" }, /--memory as it must be at least 8.0 MiB: current value is "1kb"/],
    [{ memory: "9GiB" }, /--memory as it must be at most 2048.0 MiB/],
    [{ deadline: "0" }, /--deadline as it must be at least 1.0 ms/],
    [{ deadline: "9999m" }, /--deadline as it must be at most/],
    [{ fuel: "0" }, /--fuel as it must be a whole number from 1/],
    [{ policy: "strickt" }, /--policy as it must be a preset .* did you mean "strict"\?/],
    [{ policy: "none.toml" }, /Cannot read --policy from "none.toml": it is not there/],
    [{ sequential: "pokock" }, /--sequential as it must be one of .* \(did you mean pocock\?\)/],
    [{ looks: "1" }, /--looks as it must be a whole number from 2 to 50/],
    [{ stability: "21" }, /--stability as it must be a whole number from 1 to 20/],
    [{ shrink: "x" }, /--shrink as it must be a whole number from 0/],
  ])("out of range names the flag: %o", async (options, message) => {
    await expect(resolve(options)).rejects.toThrow(message);
    await expect(resolve(options)).rejects.toThrow(CupelError);
  });

  test("out of range names the variable", async () => {
    for (const name of SETTING_NAMES) {
      const { variable } = SETTINGS[name];
      await expect(resolve({}, { [variable]: "?" })).rejects.toThrow(`Cannot use ${variable} as`);
    }
  });
});

describe("a file of settings", () => {
  test("may say the same in TOML's own types", async () => {
    const text = "seed = 5\nfuel = 1_000\nmemory = 16777216\nsequential = true\nshrink = 0";
    const { seed, fuel, memory, sequential, shrink } = await resolve(inFile(text));
    expect([seed, fuel, memory, sequential, shrink].map(({ value }) => value)).toEqual(
      [5, 1000, 16_777_216, "always-valid", 0],
    );
  });

  test("may hold the policy as a table, or name its file, which is looked for beside it", async () => {
    const table = await resolve(inFile('[policy]\npreset = "moderate"\nminimumCases = 5'));
    expect(policyOf(table)).toMatchObject({ minimumCases: 5, relations: { method: "holm" } });
    mkdirSync(join(folder.path, "policies"));
    folder.write("policies/mine.toml", "passRate = 0.5");
    const named = await resolve(inFile('policy = "policies/mine.toml"'));
    expect(policyOf(named)).toEqual({ ...DEFAULT_POLICY, passRate: 0.5 });
  });

  test.each([
    ["sede = 1", /settings.toml: sede is no setting; did you mean "seed"\?$/],
    ["json = true", /json is no setting; accepted are cases, seed, /],
    ["seed = ", /^Cannot read .*settings.toml:1:8: /],
    ["seed = -1", /settings.toml: seed as it must be a whole number .* value is "-1"$/],
    ["seed = [1]", /settings.toml: seed as it must be text, a number/],
    ["seed = 1979-05-27", /settings.toml: seed as it must be text, a number/],
    ["[seed]\na = 1", /settings.toml: seed as it must be text or a number/],
    ["[policy]\nregresions = 1", /policy: regresions is no key .* did you mean "regressions"\?$/],
    [
      'policy = "none.toml"',
      /Cannot read .*settings.toml: policy from ".*none.toml": it is not th/,
    ],
  ])("that is wrong is named with the key: %j", async (text, message) => {
    await expect(resolve(inFile(text))).rejects.toThrow(message);
  });

  test("that is named has to be there", async () => {
    await expect(resolve({ config: join(folder.path, "none.toml") })).rejects.toThrow(
      /^Cannot read --config from ".*none.toml": it is not there$/,
    );
    await expect(resolve({ config: folder.path })).rejects.toThrow(/it is not a file$/);
  });
});

describe("the policy of a run", () => {
  const policy = async (options: OptionValues) => policyOf(await resolve(options));

  test("has the way of looking that is set", async () => {
    expect(await policy({})).toEqual(DEFAULT_POLICY);
    expect((await policy({ sequential: true })).sequential).toEqual({ method: "always-valid" });
    expect((await policy({ sequential: "pocock" })).sequential).toEqual({
      method: "pocock",
      looks: 5,
    });
    const five = await policy({ sequential: "obrien-fleming", looks: "8" });
    expect(five.sequential).toEqual({ method: "obrien-fleming", looks: 8 });
    expect((await policy({ policy: "llm" })).sequential).toEqual({ method: "always-valid" });
    expect((await policy({ policy: "llm", sequential: "off" })).sequential).toBe(null);
  });

  test("keeps the looks that it has", async () => {
    const file = folder.write("looks.toml", 'sequential = { method = "pocock", looks = 9 }');
    expect((await policy({ policy: file })).sequential).toEqual({ method: "pocock", looks: 9 });
    expect((await policy({ policy: file, looks: "3" })).sequential).toEqual({
      method: "pocock",
      looks: 3,
    });
  });

  test("takes no looks where nothing is looked at so", async () => {
    for (const options of [{}, { sequential: "always-valid" }]) {
      await expect(policy({ ...options, looks: "4" })).rejects.toThrow(
        /^Cannot use --looks as it must go with --sequential obrien-fleming or pocock/,
      );
    }
  });

  test("repeats cases where it looks at their stability", async () => {
    const times = async (options: OptionValues) => {
      const settings = await resolve(options);
      return repetitionsOf(settings, policyOf(settings));
    };
    expect(await times({})).toBe(1);
    expect(await times({ policy: "llm" })).toBe(3);
    expect(await times({ policy: "llm", stability: "1" })).toBe(1);
    expect(await times({ stability: "4" })).toBe(4);
  });
});
