import type { CoreFunction } from "../abi/call_core.ts";
import type { ComponentFunction } from "../abi/functions.ts";
import type { CoreSignature } from "../abi/flatten.ts";
import type { AnySort, ComponentDefinition, Definition } from "../binary/definitions.ts";
import { malformed } from "../errors.ts";
import type { FunctionType, ResourceType, ValueType } from "../types.ts";

/** What a type index stands for, once the component around it is being instantiated. */
export type TypeItem =
  | { kind: "value"; type: ValueType }
  | { kind: "function"; type: FunctionType }
  | { kind: "resource"; resource: ResourceType }
  | { kind: "instance" | "component"; declarations: readonly Definition[]; scope: Scope };

/** A core function; it has no value where types alone are looked at. */
export interface CoreFunctionItem {
  signature: CoreSignature;
  value: CoreFunction | null;
}

/** A table, memory, global or tag. */
export interface CoreObjectItem {
  value: WebAssembly.ExportValue | null;
}

/** What a core instance exports. */
export type CoreItem =
  | { sort: "core function"; item: CoreFunctionItem }
  | { sort: "core table" | "core memory" | "core global" | "core tag"; item: CoreObjectItem };

/** A component with what it sees of those around it. */
export interface ComponentItem {
  definition: ComponentDefinition;
  scope: Scope;
}

/** What the index spaces hold. */
export interface Items {
  "core function": CoreFunctionItem;
  "core table": CoreObjectItem;
  "core memory": CoreObjectItem;
  "core global": CoreObjectItem;
  "core tag": CoreObjectItem;
  "core type": null;
  /** Counted over the whole file. */
  "core module": number;
  "core instance": ReadonlyMap<string, CoreItem>;
  function: ComponentFunction;
  type: TypeItem;
  component: ComponentItem;
  instance: Instance;
  value: never;
}

/** An item with its sort. */
export type Extern = {
  [S in "core module" | "function" | "type" | "component" | "instance"]: {
    sort: S;
    item: Items[S];
  };
}["core module" | "function" | "type" | "component" | "instance"];

/** What an instance exports. */
export type Instance = ReadonlyMap<string, Extern>;

type Spaces = { [S in AnySort]: Items[S][] };

/** The index spaces of a component that is being instantiated, or of a type that is being looked at. */
export class Scope {
  readonly #parent: Scope | null;
  readonly #spaces: Spaces = {
    "core function": [],
    "core table": [],
    "core memory": [],
    "core global": [],
    "core tag": [],
    "core type": [],
    "core module": [],
    "core instance": [],
    function: [],
    type: [],
    component: [],
    instance: [],
    value: [],
  };

  constructor(parent: Scope | null) {
    this.#parent = parent;
  }

  /** Gives an item the next index of its sort. */
  push<S extends AnySort>(sort: S, item: Items[S]): void {
    this.#spaces[sort].push(item);
  }

  /** Gives an item with its sort the next index. */
  add(extern: Extern | CoreItem): void {
    const space: unknown[] = this.#spaces[extern.sort];
    space.push(extern.item);
  }

  /** The item at an index, which decoding has checked. */
  get<S extends AnySort>(sort: S, index: number, offset: number): Items[S] {
    const item = this.#spaces[sort][index];
    if (item === undefined) throw malformed(`${sort} ${index} is not defined`, offset);
    return item;
  }

  /** The scope `count` scopes outside of this one. */
  outer(count: number): Scope {
    return count === 0 || this.#parent === null ? this : this.#parent.outer(count - 1);
  }

  /** An item of a sort that instances export. */
  extern(sort: AnySort, index: number, offset: number): Extern {
    switch (sort) {
      case "core module":
        return { sort, item: this.get(sort, index, offset) };
      case "function":
        return { sort, item: this.get(sort, index, offset) };
      case "type":
        return { sort, item: this.get(sort, index, offset) };
      case "component":
        return { sort, item: this.get(sort, index, offset) };
      case "instance":
        return { sort, item: this.get(sort, index, offset) };
    }
    throw malformed(`a ${sort} cannot leave its component`, offset);
  }

  /** An item of a sort that core instances export. */
  coreItem(sort: AnySort, index: number, offset: number): CoreItem {
    switch (sort) {
      case "core function":
        return { sort, item: this.get(sort, index, offset) };
      case "core table":
      case "core memory":
      case "core global":
      case "core tag":
        return { sort, item: this.get(sort, index, offset) };
    }
    throw malformed(`a core instance cannot export a ${sort}`, offset);
  }
}
