import type { Outcome } from "../outcome.ts";
import type { InstanceObserver } from "../instance_observer.ts";
import type { Control } from "./control.ts";
import { ItemBuffer } from "./item_buffer.ts";
import type { FromWorker, KnownAnswer } from "./protocol.ts";

/** What a worker program calls an isolate through while it starts. */
export interface StartContext {
  /**
   * Makes one call into an isolate, in sight of the watchdog.
   *
   * A call that is known to have run past its deadline is answered with a `deadline` outcome without
   * being made, and one during which the worker died twice with `crash`. So a program must make the
   * same calls in the same order whenever it is given the same job.
   */
  guard(call: () => Outcome): Outcome;
  /**
   * What an isolate that is called through `guard` is to be loaded with: so the watchdog can interrupt it,
   * and does not count the time that the engine takes to start.
   *
   * @param isolate Tells the worker's isolates apart.
   */
  observe(isolate: string): InstanceObserver;
}

/** What a worker program does a job with. */
export interface JobContext<Item> extends StartContext {
  /** Gives away the result of one finished unit of the job. It must not be changed afterwards. */
  emit(item: Item): void;
}

/** Thrown through the program where the main thread has given the worker up. */
export class RetiredError extends Error {
  override readonly name = "RetiredError";
}

/** Marks calls and units in the shared memory, and answers the calls whose answer is known. */
export class WorkerContext<Item> implements JobContext<Item> {
  readonly #control: Control;
  readonly #answers: Map<string, KnownAnswer>;
  readonly #items: ItemBuffer<Item>;
  readonly #post: (message: FromWorker<Item>) => void;
  #unit = 0;
  #ordinal = -1;

  constructor(
    control: Control,
    answers: readonly KnownAnswer[],
    post: (message: FromWorker<Item>) => void,
  ) {
    this.#control = control;
    this.#post = post;
    this.#answers = new Map(answers.map((answer) => [place(answer.unit, answer.ordinal), answer]));
    this.#items = new ItemBuffer((items) => post({ kind: "items", items }));
    control.beginUnit(0);
  }

  // Properties and not methods, so that a program may take them out of the context.
  readonly guard = (call: () => Outcome): Outcome => {
    this.#ordinal += 1;
    const known = this.#answers.get(place(this.#unit, this.#ordinal));
    if (known !== undefined) return knownOutcome(known);
    // The call may never come back: what is finished should be on its way.
    this.#items.flushIfStale();
    if (!this.#control.enterCall(this.#ordinal)) throw new RetiredError();
    const outcome = call();
    // Not in a finally block: where the call threw, the position must stay that of the call.
    if (!this.#control.leaveCall()) throw new RetiredError();
    return outcome;
  };

  readonly emit = (item: Item): void => {
    this.#items.push(item);
    this.#unit += 1;
    this.#ordinal = -1;
    this.#control.beginUnit(this.#unit);
  };

  readonly observe = (isolate: string): InstanceObserver => {
    let isFirst = true;
    return {
      starting: () => {
        isFirst = true;
        if (!this.#control.beginLoading()) throw new RetiredError();
      },
      interruptible: (interrupt) => {
        if (interrupt === undefined) return;
        this.#post({ kind: "instance", isolate, interrupt, isFirst });
        isFirst = false;
      },
      started: () => {
        if (!this.#control.endLoading()) throw new RetiredError();
      },
    };
  };

  /** Sends the last items. */
  finish(): void {
    this.#items.flush();
  }
}

function place(unit: number, ordinal: number): string {
  return `${unit}:${ordinal}`;
}

/** What the call used up to its end is not known; it counts as no fuel. */
function knownOutcome({ kind, message, wallMs }: KnownAnswer): Outcome {
  return {
    ok: false,
    failure: { kind, message },
    usage: { fuel: 0, memoryBytes: 0, wallMs },
    output: [],
  };
}
