import { cut } from "../cut.ts";
import type { Limits } from "../limits.ts";
import type { Failure } from "../outcome.ts";
import { CodecError } from "../values/codec_error.ts";
import { decode } from "../values/decode.ts";
import { encode } from "../values/encode.ts";
import type { Value } from "../values/value.ts";
import { ComponentLoadError } from "./errors.ts";
import { argumentsFromJs, camelCase, JsValueError, resultToJs } from "./js_values.ts";
import type { ExportedFunction, LoadedComponent } from "./loaded.ts";
import { type ComponentValue, type FunctionType, Tagged } from "./types.ts";

/** Something that a component can be asked for by name. */
export interface Callable {
  readonly exported: ExportedFunction;
  /**
   * The values that the exported function is called with.
   *
   * @throws {JsValueError} for arguments that it does not take.
   * @throws {CodecError} for arguments that cannot cross the boundary.
   */
  parameters(args: readonly Value[]): ComponentValue[];
  /** What its answer stands for. */
  result(answer: ComponentValue | undefined, limits: Limits): Verdict;
}

type Verdict = { ok: true; value: Value } | { ok: false; failure: Failure };

/** The interface through which a component is called by names of its own: see wasm/wit/guest.wit. */
const GENERIC_INTERFACE = /^cupel:guest\/callable@0\.1\.\d+$/;

/** Most names that a component can be asked for: an instance of many functions may have many names. */
const MOST_NAMES = 10_000;

/**
 * All that a component can be asked for. Functions of the generic interface come first, then typed ones: by
 * their names in WIT and in JavaScript, those of interfaces also as `package:name/interface#function`.
 *
 * It asks the generic interface for its names, so it has to be called under a budget.
 *
 * @throws {ComponentLoadError} where the generic interface has other functions than it must, and for more than
 * {@linkcode MOST_NAMES}.
 */
export function callablesOf(component: LoadedComponent): ReadonlyMap<string, Callable> {
  const callables = new Map<string, Callable>();
  const add = (name: string, callable: Callable) => {
    if (!callables.has(name)) callables.set(name, callable);
    if (callables.size > MOST_NAMES) {
      throw new ComponentLoadError([`can be asked for more than ${MOST_NAMES} names`]);
    }
  };
  const addTyped = (name: string, exported: ExportedFunction) => {
    const callable = typed(exported);
    add(camelCase(name), callable);
    add(name, callable);
  };
  for (const [name, functions] of component.interfaces) {
    if (GENERIC_INTERFACE.test(name)) {
      for (const [called, callable] of genericCallables(component, functions)) {
        add(called, callable);
      }
    }
  }
  for (const [name, exported] of component.functions) addTyped(name, exported);
  // The same functions may be exported under many names.
  const known = new Map<Functions, [string, ExportedFunction][]>();
  for (const [interfaceName, functions] of component.interfaces) {
    const plain = known.get(functions) ?? [...functions].filter(([name]) => !isMethod(name));
    known.set(functions, plain);
    for (const [name, exported] of plain) {
      addTyped(name, exported);
      add(`${interfaceName}#${name}`, typed(exported));
    }
  }
  return callables;
}

type Functions = ReadonlyMap<string, ExportedFunction>;

/** Methods need a handle, which nobody outside has. */
function isMethod(name: string): boolean {
  return name.startsWith("[");
}

function typed(exported: ExportedFunction): Callable {
  const { type } = exported;
  return {
    exported,
    parameters: (args) => argumentsFromJs(type, args),
    result: (answer, limits) => typedResult(type, answer, limits),
  };
}

function typedResult(
  type: FunctionType,
  answer: ComponentValue | undefined,
  { outputBytes }: Limits,
): Verdict {
  try {
    const result = resultToJs(type, answer);
    if (!result.ok) {
      return { ok: false, failure: { kind: "exception", message: bounded(result.message) } };
    }
    // Text has no more UTF-16 units than bytes.
    if (isLonger(encode(result.value, outputBytes), outputBytes)) return tooLong(outputBytes);
    return result;
  } catch (error) {
    if (error instanceof JsValueError || CodecError.is(error)) return badOutput(error.message);
    throw error;
  }
}

function genericCallables(
  component: LoadedComponent,
  functions: ReadonlyMap<string, ExportedFunction>,
): [string, Callable][] {
  const [names, call] = [functions.get("names"), functions.get("call")];
  if (names === undefined || call === undefined || !isGenericCall(call.type)) {
    throw new ComponentLoadError([
      "exports another cupel:guest/callable than wasm/wit/guest.wit says",
    ]);
  }
  const listed = component.call(names, []);
  const known = Array.isArray(listed) ? listed.filter((name) => typeof name === "string") : [];
  return known.map((name) => [name, generic(name, call)]);
}

function isGenericCall({ params, result }: FunctionType): boolean {
  return params.length === 2 && params.every(({ type }) => type.kind === "string") &&
    result?.kind === "result" && result.ok?.kind === "string";
}

function generic(name: string, exported: ExportedFunction): Callable {
  return {
    exported,
    parameters: (args) => [name, encode([...args])],
    result: (answer, { outputBytes }) => {
      if (!(answer instanceof Tagged)) return badOutput("call gave no result");
      if (answer.tag !== "ok") return genericFailure(exported.type, answer);
      const text = typeof answer.value === "string" ? answer.value : "";
      if (isLonger(text, outputBytes)) return tooLong(outputBytes);
      try {
        return { ok: true, value: decode(text) };
      } catch (error) {
        if (!CodecError.is(error)) throw error;
        return badOutput(error.message);
      }
    },
  };
}

function genericFailure(type: FunctionType, answer: Tagged): Verdict {
  const result = resultToJs(type, answer);
  if (result.ok) return badOutput("call gave no error");
  const { error } = result;
  const message = isRecord(error) && typeof error["message"] === "string"
    ? error["message"]
    : result.message;
  return { ok: false, failure: { kind: "exception", message: bounded(message) } };
}

function isRecord(value: Value): value is { [key: string]: Value } {
  return typeof value === "object" && value !== null &&
    Object.getPrototypeOf(value) === Object.prototype;
}

/** Most characters of a message of the guest's. */
const MOST_CHARACTERS = 2000;

function bounded(message: string): string {
  return cut(message, MOST_CHARACTERS);
}

/** Most bytes of UTF-8 that a UTF-16 unit can take. */
const MAX_BYTES_PER_UNIT = 3;

function isLonger(text: string, bytes: number): boolean {
  if (text.length * MAX_BYTES_PER_UNIT <= bytes) return false;
  return new TextEncoder().encode(text).length > bytes;
}

function tooLong(bytes: number): Verdict {
  return badOutput(`the result's text is longer than ${bytes} bytes`);
}

function badOutput(message: string): Verdict {
  return { ok: false, failure: { kind: "bad-output", message } };
}
