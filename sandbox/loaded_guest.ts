import type { Failure, OutputLine } from "./outcome.ts";
import type { Value } from "./values/value.ts";
import type { RandomSeed } from "./world/random.ts";

/** What a call of a guest is made with. */
export interface GuestCallOptions {
  /** Seeds whatever is random in the guest's world; zeros without it. */
  seed?: RandomSeed | undefined;
  /** Most fuel of this call. */
  fuel: number;
  /** Fuel that was used before: where the clock stands. */
  fuelBefore: number;
}

/** What a guest answers to a call. */
export interface GuestAnswer {
  verdict: { ok: true; value: Value } | { ok: false; failure: Failure };
  fuel: number;
  /** Whether the call was stopped in its middle, so that nothing can be said about the guest's state. */
  isBroken: boolean;
}

/**
 * A guest with user code in it, as it is in its image: what each kind of guest gives to
 * {@linkcode GuestIsolate}, which is the same for all of them.
 */
export interface LoadedGuest {
  /** What it exports and can be asked for, by name: what `typeof` would say. */
  readonly exports: ReadonlyMap<string, string>;
  /** Whether any name may be called, whatever `exports` lists. */
  readonly callsAnyName?: boolean;
  /** What may help where it is called the wrong way, as the end of a sentence about it. */
  readonly hint?: string | undefined;
  /** Fuel that user code took to load. */
  readonly fuel: number;
  /**
   * Calls a function that it exports.
   *
   * @throws {CodecError} for arguments that cannot cross the boundary.
   */
  call(name: string, args: readonly Value[], options: GuestCallOptions): GuestAnswer;
  /** Whether it can go back to the image; where it cannot, another guest must be loaded. */
  canReset(): boolean;
  /** Goes back to the image; false where it cannot. */
  reset(): boolean;
  /** Bytes of memory in use. Deterministic. */
  residentBytes(): number;
  /** The output captured since the last time. */
  takeOutput(): OutputLine[];
  /** Its memories, for tests that compare them bit by bit. */
  memories(): WebAssembly.Memory[];
}

/** How loading a guest ended. */
export type GuestLoad =
  | { ok: true; guest: LoadedGuest }
  | {
    ok: false;
    /** Of kind `load`. */
    failure: Failure;
    /** Whether it was refused for what it is, before anything of it ran. */
    isRefused: boolean;
    fuel: number;
    memoryBytes: number;
    output: OutputLine[];
  };

/** What a guest is made of; all of it is needed again when one has to be replaced. */
export interface GuestRecipe {
  /** What messages call it. */
  readonly name: string;
  /** Loads a guest. The same recipe always gives the same image, bit by bit. */
  load(): GuestLoad;
}
