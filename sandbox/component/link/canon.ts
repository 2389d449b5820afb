import type { CoreFunction } from "../abi/call_core.ts";
import type { CrossingOptions } from "../abi/crossing.ts";
import {
  type CoreSignature,
  flattenFunction,
  needsOf,
  sameSignature,
  signatureText,
} from "../abi/flatten.ts";
import { type ComponentFunction, liftFunction, lowerFunction } from "../abi/functions.ts";
import type { ComponentInstance } from "../abi/instance.ts";
import { GuestMemory } from "../abi/memory.ts";
import { GuestResource } from "../abi/resource.ts";
import { resourceDrop, resourceNew, resourceRep } from "../abi/resource_functions.ts";
import type { CanonOptions, Definition } from "../binary/definitions.ts";
import { malformed } from "../errors.ts";
import type { CoreFunctionItem, Scope } from "./scope.ts";
import { TypeMaker } from "./type_items.ts";

const REALLOC: CoreSignature = { params: ["i32", "i32", "i32", "i32"], results: ["i32"] };
const NEW_OR_REP: CoreSignature = { params: ["i32"], results: ["i32"] };
const TAKES_ONE: CoreSignature = { params: ["i32"], results: [] };

/** Carries out the canonical definitions of one component instance. */
export class Canon {
  readonly #scope: Scope;
  readonly #instance: ComponentInstance;
  /** Views of memories: functions of one memory share one. */
  readonly #memories = new Map<WebAssembly.Memory, GuestMemory>();

  constructor(scope: Scope, instance: ComponentInstance) {
    this.#scope = scope;
    this.#instance = instance;
  }

  /** `canon lift`. */
  lift(definition: Extract<Definition, { kind: "lift" }>): ComponentFunction {
    const { offset, options } = definition;
    const type = new TypeMaker(this.#scope, offset).function(definition.type);
    const flat = flattenFunction(type, "lift");
    const postReturn = { params: flat.results, results: [] };
    const core = this.#coreFunction(definition.core, flat, "a lifted function", offset);
    return liftFunction({
      instance: this.#instance,
      type,
      core,
      options: this.#options(options, needsOf(type, "lift"), offset),
      postReturn: options.postReturn === null
        ? null
        : this.#coreFunction(options.postReturn, postReturn, "post-return", offset),
    });
  }

  /** `canon lower`. */
  lower(definition: Extract<Definition, { kind: "lower" }>): CoreFunctionItem {
    const { offset, options } = definition;
    const callee = this.#scope.get("function", definition.function, offset);
    const resolved = this.#options(options, needsOf(callee.type, "lower"), offset);
    return {
      signature: flattenFunction(callee.type, "lower"),
      value: lowerFunction(callee, this.#instance, resolved),
    };
  }

  /** `canon resource.new`, `resource.rep` and `resource.drop`. */
  resource(definition: Extract<Definition, { resource: number }>): CoreFunctionItem {
    const { offset, kind } = definition;
    const resource = new TypeMaker(this.#scope, offset).resource(definition.resource);
    if (kind === "resource.drop") {
      return { signature: TAKES_ONE, value: resourceDrop(this.#instance, resource) };
    }
    if (!(resource instanceof GuestResource) || resource.owner !== this.#instance) {
      throw malformed(`${kind} of a resource that the component does not define`, offset);
    }
    const make = kind === "resource.new" ? resourceNew : resourceRep;
    return { signature: NEW_OR_REP, value: make(this.#instance, resource) };
  }

  /** A resource that the component defines. */
  define(destructor: number | null, offset: number): GuestResource {
    if (destructor === null) return new GuestResource(this.#instance);
    const core = this.#coreFunction(destructor, TAKES_ONE, "a destructor", offset);
    return new GuestResource(this.#instance, core);
  }

  #coreFunction(index: number, type: CoreSignature, what: string, offset: number): CoreFunction {
    const { signature, value } = this.#scope.get("core function", index, offset);
    if (!sameSignature(signature, type)) {
      const is = signatureText(signature);
      throw malformed(`${what} has the core type ${is} instead of ${signatureText(type)}`, offset);
    }
    return value ?? onlyATypeIsKnown;
  }

  #options(
    { encoding, memory, realloc }: CanonOptions,
    needs: { memory: boolean; realloc: boolean },
    offset: number,
  ): CrossingOptions {
    if (needs.memory && memory === null) throw malformed("the option memory is missing", offset);
    if (needs.realloc && realloc === null) throw malformed("the option realloc is missing", offset);
    return {
      encoding,
      memory: memory === null ? null : this.#memory(memory, offset),
      realloc: realloc === null ? null : this.#coreFunction(realloc, REALLOC, "realloc", offset),
    };
  }

  #memory(index: number, offset: number): GuestMemory | null {
    const { value } = this.#scope.get("core memory", index, offset);
    if (!(value instanceof WebAssembly.Memory)) return null;
    const known = this.#memories.get(value);
    if (known !== undefined) return known;
    const memory = new GuestMemory(value, this.#instance.account.store);
    this.#memories.set(value, memory);
    return memory;
  }
}

function onlyATypeIsKnown(): never {
  throw new TypeError("Cannot call a function of which only the type is known");
}
