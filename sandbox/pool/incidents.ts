import { SandboxError } from "../errors.ts";
import type { Position } from "./control.ts";
import type { KnownAnswer } from "./protocol.ts";
import { HOST_ALLOWANCE_MS } from "./watchdog.ts";

/** How a worker ended before it had finished. */
export interface Ending {
  why: "deadline" | "death";
  position: Position;
  message: string;
}

/** A call is tried again once: a worker can die by no fault of the call that was running. */
const MOST_DEATHS = 2;

/**
 * Remembers where workers ended in one job, and what is to be answered there.
 *
 * It makes certain that a job comes to an end: each ending either settles a call or counts towards it.
 */
export class Incidents {
  readonly #deadlineMs: number;
  /** By unit of the whole job. */
  readonly #answers: KnownAnswer[] = [];
  readonly #deaths = new Map<string, number>();

  constructor(deadlineMs: number) {
    this.#deadlineMs = deadlineMs;
  }

  /**
   * Records an ending.
   *
   * @param firstUnit The unit of the whole job that was the worker's first.
   * @throws {SandboxError} `worker` where no call can be blamed for it, for the second time.
   */
  record({ why, position, message }: Ending, firstUnit: number): void {
    const unit = firstUnit + position.unit;
    const { ordinal, inCall, isLoading } = position;
    if (why === "deadline") {
      this.#answers.push({ unit, ordinal, kind: "deadline", ...this.#overrun(isLoading) });
      return;
    }
    const place = `${unit}:${ordinal}:${inCall}`;
    const deaths = (this.#deaths.get(place) ?? 0) + 1;
    this.#deaths.set(place, deaths);
    if (deaths < MOST_DEATHS) return;
    if (!inCall) {
      throw new SandboxError("worker", `A worker died twice at the same place: ${message}`);
    }
    this.#answers.push({
      unit,
      ordinal,
      kind: "crash",
      message: `ended its worker thread twice${
        isLoading ? " while it was loaded" : ""
      }: ${message}`,
      wallMs: 0,
    });
  }

  #overrun(isLoading: boolean): { message: string; wallMs: number } {
    const ms = this.#deadlineMs;
    if (!isLoading) return { message: `ran longer than its deadline of ${ms} ms`, wallMs: ms };
    const wallMs = ms + HOST_ALLOWANCE_MS;
    return { message: `could not be loaded within ${wallMs} ms`, wallMs };
  }

  /** The known answers from a unit of the whole job on, with units counted from there. */
  answersFrom(firstUnit: number): KnownAnswer[] {
    return this.#answers
      .filter(({ unit }) => unit >= firstUnit)
      .map((answer) => ({ ...answer, unit: answer.unit - firstUnit }));
  }
}
