/*
 * Runs in every isolate before user code and stays out of its reach: nothing here has a global name,
 * and everything it uses was captured before user code could replace it.
 *
 * Built by build.ts into prelude.generated.ts, a script that evaluates to `start`.
 */
import { defineProperty } from "../../values/primordials.ts";
import { createConsole, type WriteLine } from "./console.ts";
import { describeException } from "./failure.ts";
import { createInvoker, type Invoker } from "./invoke.ts";
import { createRandom } from "./random.ts";

/** What the host calls. */
export interface Prelude extends Pick<Invoker, "adopt" | "invoke" | "settle"> {
  /** The failure for an exception that the engine hands to the host. */
  describe(thrown: unknown): string;
}

/**
 * Puts the isolate's own `console`, `Math.random` and `queueMicrotask` in place.
 *
 * @param limitText most characters of an encoded result, as text.
 */
export function start(write: WriteLine, limitText: string): Prelude {
  const random = createRandom();
  const invoker = createInvoker(+limitText, random);
  define(globalThis, "console", createConsole((line) => void write(line)));
  define(Math, "random", { random: () => random.next() }.random);
  define(globalThis, "queueMicrotask", createQueueMicrotask(invoker));
  // With this hook user code would be shown the prelude's own functions.
  Reflect.deleteProperty(Error, "prepareStackTrace");
  return {
    adopt: invoker.adopt,
    invoke: invoker.invoke,
    settle: invoker.settle,
    describe: describeException,
  };
}

/** Like the engine's own, but an exception becomes the call's failure instead of getting lost. */
function createQueueMicrotask(invoker: Invoker): typeof queueMicrotask {
  const native = queueMicrotask;
  return function queueMicrotask(callback) {
    if (typeof callback !== "function") throw new TypeError("not a function");
    native(() => {
      try {
        callback();
      } catch (error) {
        invoker.noteUncaught(error);
      }
    });
  };
}

function define(object: object, name: string, value: unknown): void {
  defineProperty(object, name, { value, writable: true, enumerable: false, configurable: true });
}
