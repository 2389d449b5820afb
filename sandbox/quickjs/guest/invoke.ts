import { encode } from "../../values/encode.ts";
import { apply, keysOf, parseJson, stringifyText } from "../../values/primordials.ts";
import { revive } from "../../values/revive.ts";
import { describeException } from "./failure.ts";
import { failedAnswer, PENDING } from "./protocol.ts";
import type { Random } from "./random.ts";

type Call = [name: string, tagged: number, args: unknown[], seed: number[] | 0];

/** Answers the host's questions; see protocol.ts. */
export interface Invoker {
  /** Takes the namespace of the module that calls go to, and lists its exports. */
  adopt(namespace: { [name: string]: unknown }): string;
  /** Calls an export. */
  invoke(text: string): string;
  /** The answer to the last call, once no job is pending. */
  settle(): string;
  /** Notes that a job threw, which nobody else will tell. */
  noteUncaught(error: unknown): void;
}

/** @param limit most characters of an encoded result. */
export function createInvoker(limit: number, random: Random): Invoker {
  let exports: { [name: string]: unknown };
  let calls = 0;
  let calledName = "";
  let answer: string = PENDING;

  async function wait(result: unknown, call: number): Promise<void> {
    let text: string;
    try {
      text = encode(await result, limit);
    } catch (error) {
      text = describeException(error);
    }
    // In a stateful isolate a promise may settle during a later call.
    if (call === calls) answer = text;
  }

  function enter(text: string): string {
    const call = parseJson(text) as Call;
    calledName = call[0];
    const seed = call[3];
    if (seed !== 0) random.seed(seed[0] ?? 0, seed[1] ?? 0, seed[2] ?? 0, seed[3] ?? 0);
    const args = call[1] === 0 ? call[2] : revive(call[2]) as unknown[];
    const result: unknown = apply(exports[calledName] as () => unknown, undefined, args);
    if (typeof result !== "object" || result === null) return encode(result, limit);
    if (typeof (result as { then?: unknown }).then !== "function") return encode(result, limit);
    wait(result, calls);
    return PENDING;
  }

  return {
    adopt(namespace) {
      exports = namespace;
      return describeExports(namespace);
    },
    invoke(text) {
      calls++;
      answer = PENDING;
      try {
        return answer = enter(text);
      } catch (error) {
        return answer = describeException(error);
      }
    },
    settle() {
      if (answer !== PENDING) return answer;
      return failedAnswer(
        "exception",
        "the promise returned by " + calledName + " never settled",
      );
    },
    noteUncaught(error) {
      if (answer === PENDING) answer = describeException(error);
    },
  };
}

function describeExports(namespace: { [name: string]: unknown }): string {
  try {
    const names = keysOf(namespace);
    let text = "";
    for (let index = 0; index < names.length; index++) {
      const name = names[index] as string;
      if (index !== 0) text += ",";
      text += "[" + stringifyText(name) + "," + stringifyText(typeof namespace[name]) + "]";
    }
    return "[" + text + "]";
  } catch (error) {
    return describeException(error);
  }
}
