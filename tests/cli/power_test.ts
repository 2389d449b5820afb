import { describe, expect, test } from "vitest";
import { cupel, runtimes } from "./cupel.ts";

describe("cupel power", () => {
  test("plans the cases for a policy, the same on every runtime", async () => {
    const args = ["power", "--policy", "noninferiority:margin=0.01", "--regressions", "0.2%"];
    const outputs: string[] = [];
    for (const { command } of runtimes) {
      const { code, stdout, stderr } = await cupel([...args, "--json"], { command });
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      outputs.push(stdout);
    }
    expect(new Set(outputs).size).toBe(1);
    const answer = JSON.parse(outputs[0] ?? "");
    expect(answer).toMatchObject({
      policy: "noninferiority:margin=0.01",
      truth: { regressions: 0.002, improvements: 0, passRate: 1 },
      power: 0.9,
      plan: { goal: "adopt" },
    });
    expect(answer.chances.adopt).toBeGreaterThanOrEqual(0.9);
  });

  test("says it in a few lines", async () => {
    const { stdout } = await cupel(["power", "--policy", "noninferiority:margin=0.01"]);
    expect(stdout).toBe(
      "policy   noninferiority:margin=0.01\n" +
        "assumed  0 % regressions, 0 % improvements, the baseline passes 100 %\n" +
        "cases    381, to be adopted with a chance of 90 % or more\n" +
        "verdict  adopt 100.0 %, reject 0.0 %, inconclusive 0.0 %\n" +
        "detects  3.08 % regressions or more are rejected with a chance of 90 %\n",
    );
  });

  test("tells what a number of cases can show", async () => {
    const { stdout } = await cupel(["power", "-n", "400", "--power", "80%", "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({
      n: 400,
      plan: null,
      power: 0.8,
      rejectedFrom: expect.closeTo(1 - 0.2 ** (1 / 400), 6),
    });
  });

  test("gives the number of cases after which a sequential run ends", async () => {
    const args = ["power", "--policy", "moderate", "--sequential", "pocock", "-n", "400"];
    const { stdout } = await cupel([...args, "--regressions", "20%"]);
    expect(stdout).toMatch(/\nends after +\d+ cases on average, \d+ in half of the runs, /);
    expect(stdout).toContain("not planned  the rules relations");
  });

  test("says how likely the baseline itself passes too few cases", async () => {
    const { stdout } = await cupel(["power", "-n", "100", "--pass-rate", "50%"]);
    expect(stdout).toMatch(/\nbaseline +passes enough for an adoption with a chance of 54.0 %/);
  });

  test("plans nothing where no number of cases would do", async () => {
    const { code, stdout } = await cupel(["power", "--policy", "superiority"]);
    expect(code).toBe(0);
    expect(stdout).toContain("no number up to a million");
  });

  test.each([
    [["--power", "1"], /--power as it must be a share between 0 and 1, .* value is "1"/],
    [["--regressions", "2"], /--regressions as it must be a share from 0 to 1, .* value is "2"/],
    [["--improvements", "-1"], /--improvements/],
    [["--pass-rate", "x"], /--pass-rate as it must be/],
    [["--improvements", "0.2", "--pass-rate", "0.9"], /the rate of improvements .* \(10 %\)/],
    [["--pass-rate", "30%"], /must be at least the policy's baselinePassRate \(50 %\), .* is 30 %/],
    [["--policy", "superiority", "--pass-rate", "0"], /pass rate as it must be above 0, .* is 0 %/],
    [["--policy", "moderat"], /--policy .* did you mean "moderate"\?/],
    [["-n", "0"], /cannot use -n/],
  ])("refuses %j", async (args, message) => {
    const { code, stdout, stderr } = await cupel(["power", ...args]);
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^error: [^\n]*\n$/);
  });
});
