import { describe, expect, test } from "vitest";
import { Control } from "../../../sandbox/pool/control.ts";
import { Incidents } from "../../../sandbox/pool/incidents.ts";

describe("a worker that is given up", () => {
  test("while its guest is loaded was in the call that loads it", () => {
    const control = new Control();
    control.beginUnit(0);
    control.enterCall(0);
    control.beginLoading();
    expect(control.retire()).toEqual({ unit: 0, ordinal: 0, inCall: true, isLoading: true });
    expect(control.endLoading()).toBe(false);
  });

  test("after its guest was loaded is in the call, or in none", () => {
    const control = new Control();
    control.beginUnit(0);
    control.enterCall(0);
    control.beginLoading();
    control.endLoading();
    const inCall = new Control(control.buffer);
    expect(inCall.retireIn(inCall.phase)).toMatchObject({ inCall: true, isLoading: false });
    const between = new Control();
    between.beginUnit(0);
    expect(between.retire()).toMatchObject({ inCall: false, isLoading: false });
  });
});

test("a guest that stands still while it is loaded is answered for, and not our own fault", () => {
  const incidents = new Incidents(1000);
  const position = { unit: 0, ordinal: 0, inCall: true, isLoading: true };
  incidents.record({ why: "deadline", position, message: "it ran past its deadline" }, 0);
  expect(incidents.answersFrom(0)).toEqual([{
    unit: 0,
    ordinal: 0,
    kind: "deadline",
    message: "could not be loaded within 31000 ms",
    wallMs: 31_000,
  }]);
});
