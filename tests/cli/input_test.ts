import { describe, expect, test } from "vitest";
import { parseCallArguments } from "../../src/cli/input/call_arguments.ts";
import { parseDuration } from "../../src/cli/input/duration.ts";
import { parseSize } from "../../src/cli/input/size.ts";
import { parseWholeNumber } from "../../src/cli/input/whole_number.ts";

describe("a whole number", () => {
  test.each([["1", 1], ["400", 400], ["1_000", 1000], ["007", 7]])("%s is %i", (text, value) => {
    expect(parseWholeNumber("-n", text, 1, 1000)).toBe(value);
  });

  test.each(["0", "-1", "1001", "4.5", "1e2", "NaN", "Infinity", "", " 1", "0x10", "1_", "１"])(
    "%j is refused with the flag and what is accepted",
    (text) => {
      expect(() => parseWholeNumber("-n", text, 1, 1000)).toThrow(
        `Cannot use -n as it must be a whole number from 1 to 1000: current value is "${text}"`,
      );
    },
  );
});

describe("a size", () => {
  test.each([
    ["67108864", 67_108_864],
    ["64MiB", 67_108_864],
    ["64 mib", 67_108_864],
    ["64M", 67_108_864],
    ["16mb", 16_000_000],
    ["0.5GiB", 536_870_912],
    ["1.5k", 1536],
    ["9b", 9],
  ])("%s is %i bytes", (text, bytes) => {
    expect(parseSize("--memory", text)).toBe(bytes);
  });

  test.each(["", "MiB", "-1", "1 000", "64 miles", "1e9", "NaN"])("%j is refused", (text) => {
    expect(() => parseSize("--memory", text)).toThrow(/Cannot use --memory .*64MiB/);
  });
});

describe("a duration", () => {
  test.each([["500", 500], ["500ms", 500], ["2s", 2000], ["1.5S", 1500], ["1m", 60_000], [
    "0.5h",
    1_800_000,
  ]])(
    "%s is %i milliseconds",
    (text, milliseconds) => {
      expect(parseDuration("--deadline", text)).toBe(milliseconds);
    },
  );

  test.each(["", "s", "-1s", "2d", "soon"])("%j is refused", (text) => {
    expect(() => parseDuration("--deadline", text)).toThrow(
      /Cannot use --deadline .*500ms, 2s, 1h or/,
    );
  });
});

describe("arguments of a call", () => {
  test("are a JSON array, in which tags stand for what JSON lacks", async () => {
    expect(await parseCallArguments('[[3, 1], "a", {"$":"bigint","v":"12"}]')).toEqual(
      [[3, 1], "a", 12n],
    );
  });

  test.each(["", "[1", "{}", "3", "null", '[{"$":"nonsense"}]', "[".repeat(100_000)])(
    "%.20j is refused",
    async (text) => {
      await expect(parseCallArguments(text)).rejects.toThrow(/^Cannot use --args as it must be/);
    },
  );

  test("from a file that is not there name the file", async () => {
    await expect(parseCallArguments("@no-such-file.json")).rejects.toThrow(
      /Cannot read --args from the file "no-such-file.json": it is not there$/,
    );
  });

  test("from a file without an end are refused", async () => {
    await expect(parseCallArguments("@/dev/zero")).rejects.toThrow(
      'Cannot read --args from the file "/dev/zero": over 64 MiB',
    );
  });
});
