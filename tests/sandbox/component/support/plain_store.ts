import type { Component, Store } from "../../../../sandbox/component/mod.ts";

/** What a {@linkcode PlainStore} throws where its fuel or memory is gone. */
export class StoreStop extends Error {
  override readonly name = "StoreStop";
}

/** A store of unmetered core modules that counts what it is told. */
export class PlainStore implements Store {
  readonly #modules: readonly Uint8Array[];
  readonly #compiled = new Map<number, WebAssembly.Module>();
  spent = 0;
  fuel = Infinity;
  readonly writes: { address: number; length: number }[] = [];
  instances = 0;

  constructor({ coreModules }: Component) {
    this.#modules = coreModules;
  }

  instantiate(module: number, imports: WebAssembly.Imports): WebAssembly.Exports {
    this.instances++;
    let compiled = this.#compiled.get(module);
    if (compiled === undefined) {
      compiled = new WebAssembly.Module(new Uint8Array(this.#modules[module] ?? []));
      this.#compiled.set(module, compiled);
    }
    return new WebAssembly.Instance(compiled, imports).exports;
  }

  spend(units: number): void {
    this.spent += units;
    if (this.spent > this.fuel) throw new StoreStop("fuel");
  }

  stopForMemory(): never {
    throw new StoreStop("memory");
  }

  wrote(_memory: WebAssembly.Memory, address: number, length: number): void {
    this.writes.push({ address, length });
  }
}
