import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { askAgain } from "../../src/cluster/ask_again.ts";

const AFTER_MS = 20;
const ANSWERS = { flush: () => Promise.resolve() };
const never = () => new Promise<string>(() => {});

test("a question that is answered is asked once", async () => {
  let asked = 0;
  const ask = () => Promise.resolve(++asked);
  expect(await askAgain(ANSWERS, ask, AFTER_MS, () => {})).toBe(1);
  await sleep(4 * AFTER_MS);
  expect(asked).toBe(1);
});

test("a question that is lost is asked again", async () => {
  let asked = 0;
  const ask = () => ++asked < 3 ? never() : Promise.resolve("there");
  expect(await askAgain(ANSWERS, ask, AFTER_MS, () => {})).toBe("there");
  expect(asked).toBe(3);
});

test("what else is answered is handed back, even where both answers come at once", async () => {
  const answers: ((answer: string) => void)[] = [];
  const ask = () => new Promise<string>((resolve) => answers.push(resolve));
  const late: string[] = [];
  const asking = askAgain(ANSWERS, ask, AFTER_MS, (answer) => late.push(answer));
  while (answers.length < 2) await sleep(1);
  answers[1]?.("second");
  answers[0]?.("first");
  expect(await asking).toBe("second");
  await sleep(0);
  expect(late).toEqual(["first"]);
});

test("while the server is away, nothing is asked again; the question's own end is the end", async () => {
  let asked = 0;
  const ask = async () => {
    asked++;
    await sleep(6 * AFTER_MS);
    throw new TypeError("no answer");
  };
  await expect(askAgain({ flush: () => new Promise<void>(() => {}) }, ask, AFTER_MS, () => {}))
    .rejects.toThrow(
      "no answer",
    );
  expect(asked).toBe(1);
});
