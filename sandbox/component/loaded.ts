import { Account } from "./abi/account.ts";
import type { ComponentFunction } from "./abi/functions.ts";
import type { ComponentInstance } from "./abi/instance.ts";
import { checkGrants, type Component } from "./component.ts";
import { GrantedImports, type Grants } from "./link/grants.ts";
import { Linker } from "./link/linker.ts";
import { type Instance, Scope } from "./link/scope.ts";
import { Work } from "./link/work.ts";
import type { Store } from "./store.ts";
import type { ComponentValue, FunctionType } from "./types.ts";

/** A function that a component exports. */
export interface ExportedFunction {
  readonly type: FunctionType;
  /** For {@linkcode LoadedComponent.call}. */
  readonly target: ComponentFunction;
}

/** How a component is loaded. */
export interface LoadOptions {
  /** What it may import. */
  grants: Grants;
  /** Most bytes of the host's memory that values may take that cross at a time; below 256 MiB. */
  mostBytes: number;
}

/** An instantiated component. All is synchronous; whatever ends a run is thrown through it. */
export class LoadedComponent {
  /** Exported functions that are in no interface, by name. */
  readonly functions: ReadonlyMap<string, ExportedFunction>;
  /** Exported interfaces by name, with version as exported, and their functions. */
  readonly interfaces: ReadonlyMap<string, ReadonlyMap<string, ExportedFunction>>;
  readonly #account: Account;
  readonly #instances: readonly ComponentInstance[];

  constructor(account: Account, instances: readonly ComponentInstance[], exports: Instance) {
    this.#account = account;
    this.#instances = instances;
    this.functions = functionsOf(exports);
    const interfaces = new Map<string, ReadonlyMap<string, ExportedFunction>>();
    // The same instance may be exported under many names.
    const known = new Map<Instance, ReadonlyMap<string, ExportedFunction>>();
    for (const [name, extern] of exports) {
      if (extern.sort !== "instance") continue;
      const functions = known.get(extern.item) ?? functionsOf(extern.item);
      known.set(extern.item, functions);
      interfaces.set(name, functions);
    }
    this.interfaces = interfaces;
  }

  /**
   * Calls an exported function; its own clearing up (`post-return`) is done when it returns.
   *
   * @param args values of the parameters' types.
   * @throws ComponentTrap where the component breaks a rule; LiftLimitError for too large a result;
   * WebAssembly.RuntimeError for its own traps; what the store and the host's functions throw. After any
   * of these, nothing of the component runs until {@linkcode reset}.
   */
  call({ target }: ExportedFunction, args: readonly ComponentValue[]): ComponentValue | undefined {
    return this.#account.guard(() => {
      const { held } = this.#account;
      let result: ComponentValue | undefined;
      target.call(args, (value) => {
        result = value;
      });
      this.#account.release(held);
      return result;
    });
  }

  /**
   * Runs what is to work on memory only, such as an allocator that is called by itself: a call of an import
   * from there is a fault of the component's, as it is while arguments are lowered.
   *
   * @throws What {@linkcode call} throws.
   */
  seclude<T>(body: () => T): T {
    return this.#account.guard(() => {
      for (const instance of this.#instances) instance.mayLeave = false;
      const result = body();
      for (const instance of this.#instances) instance.mayLeave = true;
      return result;
    });
  }

  /** Remembers the state to which {@linkcode reset} goes back, in which nothing runs: tables of handles. */
  capture(): void {
    this.#account.reset();
    for (const instance of this.#instances) instance.capture();
    this.#account.touched.clear();
  }

  /** Goes back to the captured state, also after a trap at any depth. Takes time for what changed only. */
  reset(): void {
    this.#account.reset();
    for (const instance of this.#account.touched) instance.reset();
    this.#account.touched.clear();
  }
}

function functionsOf(instance: Instance): ReadonlyMap<string, ExportedFunction> {
  const functions = new Map<string, ExportedFunction>();
  for (const [name, extern] of instance) {
    if (extern.sort !== "function") continue;
    functions.set(name, { type: extern.item.type, target: extern.item });
  }
  return functions;
}

/**
 * Instantiates a component: its core modules, in order, and what they start.
 *
 * @throws ComponentLoadError for imports that are not granted, before anything runs, and for core modules
 * that do not fit together; otherwise what {@linkcode LoadedComponent.call} throws.
 */
export function loadComponent(
  component: Component,
  store: Store,
  { grants, mostBytes }: LoadOptions,
): LoadedComponent {
  checkGrants(component, grants);
  const { decoded, shapes } = component.blueprint;
  const work = new Work();
  const account = new Account(store, mostBytes);
  const instances: ComponentInstance[] = [];
  const linker = new Linker({
    shapes,
    account,
    runs: true,
    work,
    onInstance: (instance) => instances.push(instance),
  });
  const { source } = new GrantedImports(grants, work);
  const root = { definition: decoded.root, scope: new Scope(null) };
  const exports = account.guard(() => linker.instantiate(root, source));
  return new LoadedComponent(account, instances, exports);
}
