import { describe, expect, test } from "vitest";
import { Outage } from "../../src/cluster/outage.ts";
import { SERVER_IS_AWAY, WaitingWord } from "../../src/cluster/waiting_word.ts";

describe("a node says that a server does not answer", () => {
  /** One that hears what is said, and its clock. */
  function listening() {
    const said: string[] = [];
    const clock = { now: 0 };
    return { said, clock, outage: new Outage((line) => said.push(line), () => clock.now) };
  }

  test("when it begins, every five minutes, and when it is over", () => {
    const { said, clock, outage } = listening();
    outage.answered();
    for (clock.now = 1000; clock.now <= 400_000; clock.now += 1000) {
      outage.silent(`silent at ${clock.now}`, clock.now);
    }
    outage.answered();
    outage.answered();
    expect(said).toEqual(["silent at 1000", "silent at 301000", "the NATS server answers again"]);
    outage.silent("once more", clock.now);
    expect(said.at(-1)).toBe("once more");
  });

  test("not where another question was answered since", () => {
    const { said, clock, outage } = listening();
    clock.now = 500;
    outage.answered();
    outage.silent("asked before", 499);
    expect(said).toEqual([]);
    outage.silent("asked after", 501);
    expect(said).toEqual(["asked after"]);
  });
});

describe("a controller says what it waits for", () => {
  const NONE = "a node: there is none";

  /** What is said of reasons that are noted at some seconds. */
  function saidOf(notes: [number, string | undefined, isAway?: boolean][]): string[] {
    let now = 0;
    const word = new WaitingWord(() => now);
    return notes.flatMap(([second, reason, isAway = reason === SERVER_IS_AWAY]) => {
      now = second * 1000;
      const said = word.note(reason, isAway);
      return said === undefined ? [] : [`${second} ${said}`];
    });
  }

  test("once for each reason, whether or not it goes on between, and again after five minutes", () => {
    expect(saidOf([
      [0, undefined],
      [1, NONE],
      [2, NONE],
      [3, undefined],
      [4, NONE],
      [5, "a node that has gpu"],
      [6, NONE],
      [301, NONE],
    ])).toEqual([`1 ${NONE}`, "5 a node that has gpu", `301 ${NONE}`]);
  });

  test("and that the server is back, which has not told yet which nodes live", () => {
    expect(saidOf([
      [1, SERVER_IS_AWAY],
      [2, undefined, true],
      [3, NONE],
      [4, NONE],
      [5, undefined],
      [13, NONE],
      [20, SERVER_IS_AWAY],
      [21, undefined],
    ])).toEqual([
      `1 ${SERVER_IS_AWAY}`,
      "3 results: the NATS server answers again",
      `13 ${NONE}`,
      `20 ${SERVER_IS_AWAY}`,
      "21 results: the NATS server answers again",
    ]);
  });
});
