import type { GuestAnswer, GuestCallOptions, LoadedGuest } from "../loaded_guest.ts";
import type { OutputLine } from "../outcome.ts";
import type { Value } from "../values/value.ts";
import type { CoreInstance } from "./core_instance.ts";

/** What guests of one core module have in common, however they are called. */
export abstract class CoreGuest implements LoadedGuest {
  abstract readonly exports: ReadonlyMap<string, string>;
  readonly fuel: number;
  protected readonly instance: CoreInstance;

  constructor(instance: CoreInstance, fuel: number) {
    this.instance = instance;
    this.fuel = fuel;
  }

  abstract call(name: string, args: readonly Value[], options: GuestCallOptions): GuestAnswer;

  canReset(): boolean {
    return this.instance.canReset();
  }

  reset(): boolean {
    return this.instance.reset();
  }

  residentBytes(): number {
    return this.instance.residentBytes();
  }

  takeOutput(): OutputLine[] {
    return this.instance.world.output.take();
  }

  memories(): WebAssembly.Memory[] {
    return this.instance.memories();
  }
}
