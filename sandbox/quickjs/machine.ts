import type { Budget, MeteredInstance, RunResult } from "../../wasm/mod.ts";
import {
  EVAL_MODULE,
  type Pointer,
  PROMISE_FULFILLED,
  PROMISE_PENDING,
  PROMISE_REJECTED,
  type QuickJs,
} from "./abi.ts";
import type { Started } from "./boot.ts";
import type { GuestMemory } from "./guest_memory.ts";
import { failedAnswer, PENDING } from "./guest/protocol.ts";
import { EngineFault } from "./imports.ts";

/** A call as guest/protocol.ts says. */
export interface Call {
  /** The export's name, as a value that {@linkcode Machine.intern} gave. */
  readonly name: Pointer;
  /** The arguments as a JSON array. */
  readonly args: string;
  /** Whether the arguments have tags of the codec. */
  readonly tagged: boolean;
  /** The seed as a JSON array. */
  readonly seed: string | undefined;
}

/**
 * The engine with a context and the prelude in it, ready for user code.
 *
 * Texts go in and come out; what they mean is the prelude's business (guest/protocol.ts).
 */
export class Machine {
  readonly #started: Started;
  readonly #instance: MeteredInstance;
  readonly #quickjs: QuickJs;
  readonly #memory: GuestMemory;
  readonly #freesHandles: boolean;
  #call: Call = { name: 0, args: "[]", tagged: false, seed: undefined };
  readonly #enter = () => this.#invoke(this.#call);

  /** @param freesHandles whether values are freed after use; not needed where a reset wipes them. */
  constructor(started: Started, freesHandles: boolean) {
    this.#started = started;
    this.#instance = started.instance;
    this.#quickjs = started.quickjs;
    this.#memory = started.memory;
    this.#freesHandles = freesHandles;
  }

  /** Evaluates code as an ES module and answers with its exports, as guest/protocol.ts says. */
  load(code: string, name: string, budget: Budget): RunResult<string> {
    return this.#instance.run(budget, () => this.#load(code, name));
  }

  /** Keeps texts as values of the guest, which belong to the image from then on. */
  intern(texts: readonly string[], budget: Budget): RunResult<Pointer[]> {
    return this.#instance.run(budget, () => texts.map((text) => this.#newString(text)));
  }

  /** Answers a call, as guest/protocol.ts says. */
  call(call: Call, budget: Budget): RunResult<string> {
    this.#call = call;
    return this.#instance.run(budget, this.#enter);
  }

  #load(code: string, name: string): string {
    const { context } = this.#started;
    const source = this.#allocateText(code);
    const file = this.#allocateText(name);
    const result = this.#quickjs.evaluate(
      context,
      source.address,
      source.length,
      file.address,
      0,
      EVAL_MODULE,
    );
    this.#quickjs.free(source.address);
    this.#quickjs.free(file.address);
    const exception = this.#quickjs.resolveException(context, result);
    if (exception !== 0) return this.#ask("describe", exception);
    this.#runJobs();
    return this.#adopt(result);
  }

  /** Takes a module's namespace, or the promise of one where the module awaits something. */
  #adopt(module: Pointer): string {
    const { context } = this.#started;
    const state = this.#quickjs.promiseState(context, module);
    if (state === PROMISE_PENDING) {
      return failedAnswer("exception", "its top-level await never settled");
    }
    if (state !== PROMISE_FULFILLED && state !== PROMISE_REJECTED) {
      return this.#ask("adopt", module);
    }
    const result = this.#quickjs.promiseResult(context, module);
    return this.#ask(state === PROMISE_FULFILLED ? "adopt" : "describe", result);
  }

  #invoke({ name, args, seed, tagged }: Call): string {
    const { quickjs, scratch, undefined: none, flags } = this.#started;
    const argument = this.#newString(args);
    const seedValue = seed === undefined ? none : this.#newString(seed);
    this.#memory.writeWords(scratch, argument, name, seedValue, tagged ? flags.true : flags.false);
    const answer = this.#read("invoke", 4);
    if (this.#freesHandles) {
      quickjs.freeValue(this.#started.context, argument);
      if (seedValue !== none) quickjs.freeValue(this.#started.context, seedValue);
    }
    if (answer !== PENDING && this.#quickjs.isJobPending(this.#started.runtime) === 0) {
      return answer;
    }
    this.#runJobs();
    return this.#ask("settle", this.#started.undefined);
  }

  /** Runs what promises have waiting, until nothing waits. A job that throws does not stop the rest. */
  #runJobs(): void {
    const { runtime, context, scratch } = this.#started;
    while (this.#quickjs.isJobPending(runtime) !== 0) {
      const last = this.#quickjs.executePendingJobs(runtime, -1, scratch);
      if (this.#freesHandles) this.#quickjs.freeValue(context, last);
    }
  }

  /** Calls a function of the prelude with one argument. */
  #ask(name: keyof Started["prelude"], argument: Pointer): string {
    this.#memory.writeUint32(this.#started.scratch, argument);
    return this.#read(name, 1);
  }

  /** Calls a function of the prelude with the arguments in the scratch memory, and reads its text. */
  #read(name: keyof Started["prelude"], argc: number): string {
    const { context, prelude, scratch, undefined: self } = this.#started;
    const result = this.#quickjs.call(context, prelude[name], self, argc, scratch);
    const address = this.#quickjs.getString(context, result);
    if (address === 0) return this.#describeFault(name, result);
    const text = this.#memory.readTerminatedText(address);
    if (this.#freesHandles) {
      this.#quickjs.freeString(context, address);
      this.#quickjs.freeValue(context, result);
    }
    return text;
  }

  /** The prelude itself threw: the engine ran out of something while in it. */
  #describeFault(name: keyof Started["prelude"], result: Pointer): string {
    const exception = this.#quickjs.resolveException(this.#started.context, result);
    if (exception === 0 || name === "describe") {
      throw new EngineFault("the engine gave up: it cannot describe an exception");
    }
    return this.#ask("describe", exception);
  }

  #newString(text: string): Pointer {
    const { context, textBuffer, textCapacity } = this.#started;
    if (this.#memory.writeText(textBuffer, textCapacity, text)) {
      return this.#quickjs.newString(context, textBuffer);
    }
    const { address } = this.#allocateText(text);
    const value = this.#quickjs.newString(context, address);
    this.#quickjs.free(address);
    return value;
  }

  #allocateText(text: string): { address: Pointer; length: number } {
    const bytes = new TextEncoder().encode(text);
    const address = this.#quickjs.malloc(bytes.length + 1);
    if (address === 0) this.#instance.stop("memory");
    this.#memory.writeBytes(address, bytes);
    return { address, length: bytes.length };
  }
}
