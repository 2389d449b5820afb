/** Where in its work a worker is: which unit of the job, and which call within the unit. */
export interface Position {
  /** Units finished since the job was given. */
  unit: number;
  /** Number of the call within the unit: the one running, else the last one that ran; -1 for none. */
  ordinal: number;
  /** Whether the call is running, or what it runs is being loaded. */
  inCall: boolean;
  /** Whether what it runs is being loaded: our own code is at work, and has more time than a call. */
  isLoading: boolean;
}

const PHASE = 0;
const UNIT = 1;
const ORDINAL = 2;
const LOADING = 3;
const WORDS = 4;

/** The main thread has given the worker up. */
const RETIRED = -1;
/** The worker has noticed that it was given up, and does nothing more. */
const GONE = -2;
/** Phases wrap around below this even number, which keeps them odd and even. */
const PHASES = 2 ** 30;

/**
 * The memory that a worker shares with the main thread, so that a watchdog sees what the worker does
 * while it is too busy to send messages.
 *
 * The phase is a number that changes whenever a unit or a call begins or ends: odd while a call runs,
 * even otherwise, negative once the worker was given up. That it is one word makes it certain which
 * call is meant: a worker is given up for a call only in the very phase that was seen.
 */
export class Control {
  readonly buffer: SharedArrayBuffer;
  readonly #words: Int32Array;

  /** @param buffer The buffer of the other side's control; a new one without it. */
  constructor(buffer = new SharedArrayBuffer(WORDS * Int32Array.BYTES_PER_ELEMENT)) {
    this.buffer = buffer;
    this.#words = new Int32Array(buffer);
  }

  /** Worker, or main thread while the worker has nothing to do: a unit begins. */
  beginUnit(unit: number): void {
    Atomics.store(this.#words, UNIT, unit);
    Atomics.store(this.#words, ORDINAL, -1);
    Atomics.store(this.#words, LOADING, 0);
    this.#advance(2);
  }

  /** Worker: a call begins. False where the worker was given up, and must do nothing more. */
  enterCall(ordinal: number): boolean {
    Atomics.store(this.#words, ORDINAL, ordinal);
    return this.#advance(1);
  }

  /** Worker: the call is over. False where the worker was given up, and must do nothing more. */
  leaveCall(): boolean {
    return this.#advance(1);
  }

  /** Worker: what the running call runs is being loaded, outside of its deadline. False as above. */
  beginLoading(): boolean {
    Atomics.store(this.#words, LOADING, 1);
    return this.#advance(1);
  }

  /** Worker: it is loaded, and the call goes on with its whole deadline before it. False as above. */
  endLoading(): boolean {
    const goesOn = this.#advance(1);
    if (goesOn) Atomics.store(this.#words, LOADING, 0);
    return goesOn;
  }

  /** Worker: whether it was given up, which the main thread then knows to be noticed. */
  leaveIfRetired(): boolean {
    if (this.phase >= 0) return false;
    Atomics.store(this.#words, PHASE, GONE);
    return true;
  }

  /** The phase now. */
  get phase(): number {
    return Atomics.load(this.#words, PHASE);
  }

  /** Main thread: gives the worker up, and says where it was. */
  retire(): Position {
    return this.#position(Atomics.exchange(this.#words, PHASE, RETIRED));
  }

  /** Main thread: gives the worker up, but only if it is still in a phase; undefined if it is not. */
  retireIn(phase: number): Position | undefined {
    const before = Atomics.compareExchange(this.#words, PHASE, phase, RETIRED);
    return before === phase ? this.#position(phase) : undefined;
  }

  /** Main thread: whether a worker that was given up has noticed. */
  get isGone(): boolean {
    return this.phase === GONE;
  }

  #advance(steps: number): boolean {
    const phase = this.phase;
    const next = (phase + steps) % PHASES;
    if (phase >= 0 && Atomics.compareExchange(this.#words, PHASE, phase, next) === phase) {
      return true;
    }
    Atomics.store(this.#words, PHASE, GONE);
    return false;
  }

  /** A worker that was given up in a call moves no further, so what is read here belongs together. */
  #position(phase: number): Position {
    const isLoading = Atomics.load(this.#words, LOADING) === 1;
    return {
      unit: Atomics.load(this.#words, UNIT),
      ordinal: Atomics.load(this.#words, ORDINAL),
      inCall: isCallPhase(phase) || isLoading,
      isLoading,
    };
  }
}

/** Whether a call runs in a phase. */
export function isCallPhase(phase: number): boolean {
  return phase > 0 && phase % 2 === 1;
}
