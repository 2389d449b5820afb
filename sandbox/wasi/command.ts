import type { GuestAnswer, GuestCallOptions } from "../loaded_guest.ts";
import type { Failure } from "../outcome.ts";
import { CodecError } from "../values/codec_error.ts";
import { decode } from "../values/decode.ts";
import { encode } from "../values/encode.ts";
import type { Value } from "../values/value.ts";
import { failureOfRun } from "./core_failures.ts";
import { CoreGuest } from "./core_guest.ts";
import type { CoreInstance } from "./core_instance.ts";
import { filesHint } from "./files_hint.ts";
import { GuestExit } from "./preview1/endings.ts";

/** Most characters of a malformed result that are shown. */
const EXCERPT_CHARACTERS = 100;

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * A program that runs from start to end. A call of any name runs it anew: the name is its first argument, the
 * values are a JSON array on standard input, and what it writes to standard output is the result, both as
 * `sandbox/values` has it.
 */
export class CommandGuest extends CoreGuest {
  override readonly exports: ReadonlyMap<string, string> = new Map();
  readonly callsAnyName = true;

  override call(name: string, args: readonly Value[], options: GuestCallOptions): GuestAnswer {
    const stdin = encoder.encode(encode([...args]));
    const result = this.instance.run(name, { ...options, stdin }, () => {
      this.instance.invoke("_start", []);
    });
    const isDone = result.ok ||
      (result.stop.cause instanceof GuestExit && result.stop.cause.code === 0);
    return {
      verdict: isDone ? this.#result() : { ok: false, failure: this.#failure(result, options) },
      fuel: result.fuel,
      // The program has ended: whatever comes next needs a new one, even where state is kept.
      isBroken: true,
    };
  }

  #failure(
    result: ReturnType<CoreInstance["run"]> & { ok: false },
    { fuel }: GuestCallOptions,
  ): Failure {
    const { limits, stderrTail } = this.instance;
    return failureOfRun(result.stop, fuel, limits, stderrTail, this.#advice());
  }

  /** For a program that looked for a file and may not know why it finds none. */
  #advice(): string {
    const { parts: { files }, failed, stderrTail } = this.instance;
    if (files !== undefined) return "";
    const hint = filesHint(failed, stderrTail.lastLines());
    return hint === undefined ? "" : ` (${hint})`;
  }

  #result(): GuestAnswer["verdict"] {
    const { result, limits } = this.instance;
    if (result.overflowed) {
      return badOutput(`its standard output is longer than ${limits.outputBytes} bytes`);
    }
    const bytes = result.bytes();
    if (bytes.length === 0) {
      return badOutput("it wrote nothing to standard output, where its result should be");
    }
    let text = "";
    try {
      text = decoder.decode(bytes);
    } catch {
      return badOutput(`its standard output is not UTF-8: ${excerpt(bytes)}`);
    }
    try {
      return { ok: true, value: decode(text) };
    } catch (error) {
      if (!CodecError.is(error)) throw error;
      const why = error.reason === "it is not JSON" ? "" : ` (at ${error.path}, ${error.reason})`;
      return badOutput(
        `its standard output must be one JSON value and nothing else${why}: it is ${
          excerpt(bytes)
        }`,
      );
    }
  }
}

function badOutput(message: string): GuestAnswer["verdict"] {
  return { ok: false, failure: { kind: "bad-output", message } };
}

/** The beginning of what was written, in quotes. */
function excerpt(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes.subarray(0, 4 * EXCERPT_CHARACTERS));
  const isCut = text.length > EXCERPT_CHARACTERS;
  return JSON.stringify(text.slice(0, EXCERPT_CHARACTERS)) + (isCut ? "…" : "");
}
