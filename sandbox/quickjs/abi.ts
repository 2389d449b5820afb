/*
 * The binary interface of the one QuickJS build that Cupel runs: quickjs-ng 0.12.1 as compiled for
 * `@jitl/quickjs-ng-wasmfile-release-sync` 0.32.0. Its names are minified and its addresses fixed, so
 * the build is pinned by its hash; the package's own glue, which would bring in the host's clock, time
 * zone, environment and console, is not used.
 */

/** SHA-256 of the build that this file describes. */
export const ENGINE_SHA256 = "b56fe5094b8751c47b8c32fb5ed4d75afe2dbb43412d3d983ac5d1156af456da";

/** Where the package exports the module's bytes. */
export const ENGINE_FILE = "@jitl/quickjs-ng-wasmfile-release-sync/wasm";

/** The one module that every import comes from. */
export const IMPORT_MODULE = "a";

/** Bytes of the shadow stack, on which C keeps what has an address: 99,952 up to 5,342,832. */
export const SHADOW_STACK_BYTES = 5_242_880;

/** What the engine's own check leaves of the shadow stack for C functions that do not check it. */
export const SHADOW_STACK_RESERVE = 1024 * 1024;

/** Where the heap begins; everything below is static data and shadow stack. */
export const HEAP_BASE = 5_342_832;

/** A pointer into the guest's memory. */
export type Pointer = number;

/** Flags of `JS_Eval`. */
export const EVAL_SCRIPT = 0;
export const EVAL_MODULE = 1;

/** What `JS_PromiseState` answers; anything else is not a promise. */
export const PROMISE_PENDING = 0;
export const PROMISE_FULFILLED = 1;
export const PROMISE_REJECTED = 2;

/**
 * The exports in use. A `value` is a pointer to a heap-allocated `JSValue`; what a function returns is
 * owned by the caller, what it is given stays the caller's.
 */
export interface QuickJs {
  /** Runs static constructors; to be called once, before anything else. */
  construct(): void;
  malloc(size: number): Pointer;
  free(address: Pointer): void;
  newRuntime(): Pointer;
  setMaxStackSize(runtime: Pointer, bytes: number): void;
  /** Intrinsics 0: all of them. */
  newContext(runtime: Pointer, intrinsics: number): Pointer;
  freeValue(context: Pointer, value: Pointer): void;
  /** From UTF-8 that ends with a zero byte. */
  newString(context: Pointer, text: Pointer): Pointer;
  /** UTF-8 that ends with a zero byte, or 0 where the value threw while becoming a string. */
  getString(context: Pointer, value: Pointer): Pointer;
  freeString(context: Pointer, text: Pointer): void;
  /** `argv` points to `argc` pointers to values. */
  call(context: Pointer, fn: Pointer, self: Pointer, argc: number, argv: Pointer): Pointer;
  /** The exception if `value` stands for one, else 0. */
  resolveException(context: Pointer, value: Pointer): Pointer;
  evaluate(
    context: Pointer,
    code: Pointer,
    codeLength: number,
    fileName: Pointer,
    detectModule: number,
    flags: number,
  ): Pointer;
  getProperty(context: Pointer, object: Pointer, key: Pointer): Pointer;
  getUndefined(): Pointer;
  getTrue(): Pointer;
  getFalse(): Pointer;
  isJobPending(runtime: Pointer): number;
  /** `lastContext` points to a pointer that is overwritten. */
  executePendingJobs(runtime: Pointer, most: number, lastContext: Pointer): Pointer;
  promiseState(context: Pointer, promise: Pointer): number;
  promiseResult(context: Pointer, promise: Pointer): Pointer;
  /** A function that calls the import `t` with `hostId` as its last argument. */
  newFunction(
    context: Pointer,
    name: Pointer,
    length: number,
    isConstructor: number,
    hostId: number,
  ): Pointer;
  argumentAt(argv: Pointer, index: number): Pointer;
}

/** The minified names of the exports in use. */
const EXPORTS: { readonly [Name in keyof QuickJs]: string } = {
  construct: "v",
  malloc: "w",
  free: "N",
  newRuntime: "L",
  setMaxStackSize: "E",
  newContext: "O",
  freeValue: "Q",
  newString: "$",
  getString: "aa",
  freeString: "T",
  call: "na",
  resolveException: "oa",
  evaluate: "qa",
  getProperty: "ia",
  getUndefined: "F",
  getTrue: "I",
  getFalse: "H",
  isJobPending: "ga",
  executePendingJobs: "ha",
  promiseState: "xa",
  promiseResult: "ya",
  newFunction: "Ea",
  argumentAt: "Fa",
};

/** Gives the exports their names. */
export function bindExports(exports: WebAssembly.Exports): QuickJs {
  const bound: { [name: string]: unknown } = {};
  for (const [name, minified] of Object.entries(EXPORTS)) {
    const fn = exports[minified];
    if (typeof fn !== "function") {
      throw new TypeError(`Cannot use the engine: it does not export ${name} (as ${minified})`);
    }
    bound[name] = fn;
  }
  return bound as { [Name in keyof QuickJs]: QuickJs[Name] };
}
