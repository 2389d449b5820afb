import { encode } from "../../values/encode.ts";
import { apply, keysOf, parseJson, stringifyJson } from "../../values/primordials.ts";
import { revive } from "../../values/revive.ts";
import { describeException } from "./failure.ts";
import { failedAnswer, PENDING } from "./protocol.ts";
import type { Random } from "./random.ts";

/** Answers the host's questions; see protocol.ts. */
export interface Invoker {
  /** Takes the namespace of the module that calls go to, and lists its exports. */
  adopt(namespace: { [name: string]: unknown }): string;
  /** Calls an export. */
  invoke(args: string, name: string, seed: string | undefined, tagged: boolean): string;
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

  function enter(text: string, tagged: boolean): string {
    const parsed = parseJson(text);
    const args = (tagged ? revive(parsed) : parsed) as unknown[];
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
    invoke(args, name, seed, tagged) {
      calls++;
      answer = PENDING;
      calledName = name;
      if (seed !== undefined) random.seed(seed);
      try {
        return answer = enter(args, tagged);
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
      text += "[" + stringifyJson(name) + "," + stringifyJson(typeof namespace[name]) + "]";
    }
    return "[" + text + "]";
  } catch (error) {
    return describeException(error);
  }
}
