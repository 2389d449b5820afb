import { runtime, type WorkerHandle } from "../../src/runtime/mod.ts";
import { Control, type Position } from "./control.ts";
import type { Ending } from "./incidents.ts";
import { Interrupts } from "./interrupts.ts";
import type { FromWorker, KnownAnswer, ToWorker } from "./protocol.ts";
import { watch } from "./watchdog.ts";

/**
 * How long to wait for a thread that was told to end. An interrupted isolate comes back within some
 * milliseconds, so it takes as long only where the machine is overloaded, or our own code hangs: Deno
 * cannot end such a thread at all, and Bun not while it is in WebAssembly.
 */
const ENDING_MS = 1000;
const ENDING_POLL_MS = 5;

/** One worker thread of a pool, seen from the main thread. It does one thing at a time. */
export class PoolWorker<Init, Job, Item> {
  readonly #handle: WorkerHandle;
  readonly #control = new Control();
  readonly #interrupts = new Interrupts();
  readonly #exited: Promise<void>;
  readonly #deadlineMs: number;
  #onItem: (item: Item) => void = () => {};
  /** Ends what the worker is doing now. */
  #settle: (ending: Ending | null) => void = () => {};
  /** Ends it with an error of who takes the items. */
  #reject: (error: unknown) => void = () => {};
  #isBusy = false;
  /** How it ended, once it was given up. */
  #retired: Ending | undefined;
  /** Whether it was given up while it was running. */
  #isStuck = false;

  constructor(program: URL, deadlineMs: number) {
    this.#deadlineMs = deadlineMs;
    this.#handle = runtime.spawnWorker(program);
    this.#handle.onMessage((message) => this.#receive(message as FromWorker<Item>));
    this.#handle.onError((error) => this.#die(error.message));
    this.#exited = new Promise((resolve) => this.#handle.onExit(resolve));
    this.#exited.then(() => this.#die("its thread ended"));
  }

  /** Whether it can be given work. */
  get isIdle(): boolean {
    return this.#retired === undefined && !this.#isBusy;
  }

  /** Prepares the worker. Gives null when it is ready, or how it ended. */
  start(init: Init, answers: readonly KnownAnswer[]): Promise<Ending | null> {
    const control = this.#control.buffer;
    return this.#perform({ kind: "start", init, control, answers });
  }

  /**
   * Does a job. Gives null when it is done, or how the worker ended.
   *
   * @throws What `onItem` throws; the worker is then still at work, and can only be retired.
   */
  execute(
    job: Job,
    answers: readonly KnownAnswer[],
    onItem: (item: Item) => void,
  ): Promise<Ending | null> {
    this.#onItem = onItem;
    return this.#perform({ kind: "job", job, answers });
  }

  /**
   * Takes the worker's thread away, whatever it does; what it was doing ends with `death`.
   *
   * A running call is interrupted first, and the thread terminated only when it has come back: the one
   * works everywhere, and messages about instances to interrupt would not arrive after the other.
   */
  async retire(): Promise<void> {
    if (this.#retired === undefined) {
      const position = this.#control.retire();
      this.#isStuck = position.inCall;
      this.#end("death", position, "it was ended");
    }
    this.#interrupts.raise();
    if (this.#isStuck) await Promise.race([this.#exited, this.#callLeft()]);
    await Promise.race([this.#handle.terminate(), sleep(ENDING_MS)]);
  }

  async #perform(message: ToWorker<Init, Job>): Promise<Ending | null> {
    if (this.#retired !== undefined) {
      return { ...this.#retired, why: "death" };
    }
    this.#isBusy = true;
    const ending = new Promise<Ending | null>((resolve, reject) => {
      this.#settle = resolve;
      this.#reject = reject;
    });
    this.#control.beginUnit(0);
    const unwatch = watch(this.#control, this.#deadlineMs, (position) => this.#expire(position));
    try {
      this.#handle.postMessage(message);
      return await ending;
    } finally {
      unwatch();
      this.#onItem = () => {};
    }
  }

  #receive(message: FromWorker<Item>): void {
    if (message.kind === "instance") {
      return this.#interrupts.add(message.isolate, message.interrupt, {
        replaces: message.isFirst,
      });
    }
    if (this.#retired !== undefined) return;
    if (message.kind === "items") this.#deliver(message.items);
    else if (message.kind === "failed") this.#die(message.message);
    else this.#finish();
  }

  #deliver(items: readonly Item[]): void {
    try {
      for (const item of items) this.#onItem(item);
    } catch (error) {
      this.#onItem = () => {};
      this.#reject(error);
    }
  }

  #finish(): void {
    this.#isBusy = false;
    this.#settle(null);
  }

  #expire(position: Position): void {
    this.#isStuck = true;
    if (position.inCall) this.#end("deadline", position, "it ran past its deadline");
    else this.#end("death", position, "it stood still");
  }

  /** The thread ended, or its program did: it runs no call any more. */
  #die(message: string): void {
    if (this.#retired === undefined) this.#end("death", this.#control.retire(), message);
  }

  #end(why: Ending["why"], position: Position, message: string): void {
    this.#retired = { why, position, message };
    this.#settle(this.#retired);
  }

  async #callLeft(): Promise<void> {
    const start = performance.now();
    while (!this.#control.isGone && performance.now() - start < ENDING_MS) {
      await sleep(ENDING_POLL_MS);
    }
  }
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
