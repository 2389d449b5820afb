import type { Account } from "../abi/account.ts";
import type { ComponentFunction } from "../abi/functions.ts";
import { ComponentInstance } from "../abi/instance.ts";
import { GuestResource } from "../abi/resource.ts";
import type { Definition, ExternType, NamedIndex } from "../binary/definitions.ts";
import { malformed } from "../errors.ts";
import { aliasCoreExport, aliasExport } from "./aliases.ts";
import { Canon } from "./canon.ts";
import { coreInstance } from "./core_instances.ts";
import type { CoreModuleShape } from "./core_modules.ts";
import { bind, type Given } from "./match.ts";
import {
  type ComponentItem,
  type CoreItem,
  type Extern,
  type Instance,
  Scope,
  type TypeItem,
} from "./scope.ts";
import { stepsOf, stepsOfCanon } from "./steps.ts";
import { TypeMaker } from "./type_items.ts";
import type { Work } from "./work.ts";

/** Gives the next index to what a component imports. */
export type ImportSource = (
  name: string,
  type: ExternType,
  scope: Scope,
  offset: number,
) => Extern;

/** What linking a component needs. */
export interface LinkParts {
  shapes: readonly CoreModuleShape[];
  account: Account;
  /** Whether core modules are instantiated: otherwise only types are looked at and nothing runs. */
  runs: boolean;
  work: Work;
  /** Hears of each component instance. */
  onInstance?(instance: ComponentInstance): void;
}

/**
 * Instantiates components: goes through a component's definitions in order and gives each its meaning.
 * Types are checked on the way, so that going through them without running anything checks all of them.
 */
export class Linker {
  readonly #parts: LinkParts;

  constructor(parts: LinkParts) {
    this.#parts = parts;
  }

  /** Makes an instance of a component; gives its exports. */
  instantiate(component: ComponentItem, source: ImportSource): Instance {
    const { account, work, onInstance } = this.#parts;
    work.instance();
    const instance = new ComponentInstance(account);
    onInstance?.(instance);
    const scope = new Scope(component.scope);
    const body = new Body(this, this.#parts, scope, instance, source);
    return work.deeper(() => {
      for (const definition of component.definition.definitions) {
        work.step(stepsOf(definition));
        body.define(definition);
      }
      return body.exports;
    });
  }
}

/** One component instance in the making. */
class Body {
  readonly #linker: Linker;
  readonly #parts: LinkParts;
  readonly #scope: Scope;
  readonly #instance: ComponentInstance;
  readonly #source: ImportSource;
  readonly #canon: Canon;
  readonly exports = new Map<string, Extern>();

  constructor(
    linker: Linker,
    parts: LinkParts,
    scope: Scope,
    instance: ComponentInstance,
    source: ImportSource,
  ) {
    this.#linker = linker;
    this.#parts = parts;
    this.#scope = scope;
    this.#instance = instance;
    this.#source = source;
    this.#canon = new Canon(scope, instance);
  }

  define(definition: Definition): void {
    const scope = this.#scope;
    const { work } = this.#parts;
    const { offset } = definition;
    switch (definition.kind) {
      case "core module":
        return scope.push("core module", definition.module);
      case "core type":
        return scope.push("core type", null);
      case "core instantiate":
      case "core exports":
        return scope.push("core instance", this.#coreInstance(definition));
      case "component":
        return scope.push("component", { definition: definition.component, scope });
      case "instantiate":
        return scope.push("instance", this.#instantiate(definition));
      case "exports":
        return scope.push("instance", this.#bundle(definition.exports, offset));
      case "alias export":
        return scope.add(aliasExport(scope, definition, offset));
      case "alias core export":
        return scope.add(aliasCoreExport(scope, definition, offset));
      case "alias outer": {
        const { sort, count, index } = definition;
        if (sort === "core type") return scope.push(sort, null);
        return scope.add(scope.outer(count).extern(sort, index, offset));
      }
      case "type":
        return scope.push("type", this.#type(definition));
      case "lift":
        work.step(stepsOfCanon(new TypeMaker(scope, offset).function(definition.type)));
        return scope.push("function", this.#canon.lift(definition));
      case "lower":
        work.step(stepsOfCanon(scope.get("function", definition.function, offset).type));
        return scope.push("core function", this.#canon.lower(definition));
      case "resource.new":
      case "resource.drop":
      case "resource.rep":
        return scope.push("core function", this.#canon.resource(definition));
      case "start":
        return this.#start(scope.get("function", definition.function, offset), offset);
      case "import":
        this.#source(definition.name, definition.type, scope, offset);
        return;
      case "export":
        return this.#export(definition);
      case "export type":
        throw malformed("a component declares an export without what it exports", offset);
    }
  }

  #type(definition: Extract<Definition, { kind: "type" }>): TypeItem {
    const { type, offset } = definition;
    if (type.kind !== "resource") return new TypeMaker(this.#scope, offset).make(type);
    return { kind: "resource", resource: this.#canon.define(type.destructor, offset) };
  }

  #coreInstance(
    definition: Extract<Definition, { kind: "core instantiate" | "core exports" }>,
  ): ReadonlyMap<string, CoreItem> {
    const { shapes, account, runs, work } = this.#parts;
    if (definition.kind === "core instantiate") {
      work.coreInstance();
      return coreInstance(this.#scope, definition, shapes, runs ? account.store : null, work);
    }
    const { exports, offset } = definition;
    return new Map(
      exports.map(({ name, sort, index }) => [name, this.#scope.coreItem(sort, index, offset)]),
    );
  }

  #bundle(items: readonly NamedIndex[], offset: number): Instance {
    return new Map(
      items.map(({ name, sort, index }) => [name, this.#scope.extern(sort, index, offset)]),
    );
  }

  #instantiate(definition: Extract<Definition, { kind: "instantiate" }>): Instance {
    const { offset } = definition;
    const args = this.#bundle(definition.args, offset);
    const component = this.#scope.get("component", definition.component, offset);
    return this.#linker.instantiate(component, (name, type, scope, importOffset) => {
      const extern = args.get(name);
      const verb = "instantiates a component that imports";
      if (extern === undefined) throw malformed(`it ${verb} ${name}, which is not given`, offset);
      const given: Given = { extern, exportsTypes: true };
      return bind(scope, type, given, { verb, name, offset: importOffset }, this.#parts.work);
    });
  }

  #start(start: ComponentFunction, offset: number): void {
    const { type } = start;
    if (type.params.length > 0 || type.result !== null) {
      throw malformed("the start function takes or gives values", offset);
    }
    if (this.#parts.runs) start.call([], () => {});
  }

  #export({ name, sort, index, type, offset }: Extract<Definition, { kind: "export" }>): void {
    const extern = this.#scope.extern(sort, index, offset);
    if (extern.sort === "type" && extern.item.kind === "resource") {
      const { resource } = extern.item;
      if (resource instanceof GuestResource) resource.exportedAs(name);
    }
    if (type === null || type.sort === "component" || type.sort === "core module") {
      this.#scope.add(extern);
      this.exports.set(name, extern);
      return;
    }
    const place = { verb: "exports", name, offset };
    const given: Given = { extern, exportsTypes: true };
    this.exports.set(name, bind(this.#scope, type, given, place, this.#parts.work));
  }
}
