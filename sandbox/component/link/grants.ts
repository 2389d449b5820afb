import { hostFunction } from "../abi/functions.ts";
import type { ExternType } from "../binary/definitions.ts";
import { ComponentLoadError } from "../errors.ts";
import type { HostInterface } from "../host.ts";
import { areCompatible, parseInterfaceName } from "./interface_name.ts";
import type { ImportSource } from "./linker.ts";
import { bind, type Given } from "./match.ts";
import type { Extern, Instance } from "./scope.ts";
import { hasTypesOnly } from "./types_only.ts";
import type { Work } from "./work.ts";

/** Refusals after which no more are looked for: each of them is an error that is thrown and caught. */
const MOST_REFUSALS = 1000;

/** Interfaces that the host grants, by name without version. */
export type Grants = ReadonlyMap<string, HostInterface>;

/** A source of imports that makes up what is asked: to look at a component alone. */
export function madeUpImports(work: Work): ImportSource {
  return (name, type, scope, offset) =>
    bind(scope, type, null, { verb: "imports", name, offset }, work);
}

/** A source of imports that has what the host grants. */
export class GrantedImports {
  readonly #grants: Grants;
  readonly #work: Work;
  /** The host's interfaces as instances: made once, so that what is the same is the same object. */
  readonly #instances = new Map<HostInterface, Instance>();
  /** What was not granted so far. */
  readonly refusals: string[] = [];

  constructor(grants: Grants, work: Work) {
    this.#grants = grants;
    this.#work = work;
  }

  /** For a component that is going to run: throws for the first import that is not granted. */
  readonly source: ImportSource = (name, type, scope, offset) => {
    const place = { verb: "imports", name, offset };
    const given = hasTypesOnly(type, scope, offset) ? null : this.#given(name, type);
    return bind(scope, type, given, place, this.#work);
  };

  /** For a component whose types are looked at: collects what is not granted, and makes it up. */
  readonly collectingSource: ImportSource = (name, type, scope, offset) => {
    try {
      return this.source(name, type, scope, offset);
    } catch (error) {
      if (!(error instanceof ComponentLoadError)) throw error;
      this.refusals.push(...error.reasons);
      if (this.refusals.length >= MOST_REFUSALS) throw new ComponentLoadError(this.refusals);
      return madeUpImports(this.#work)(name, type, scope, offset);
    }
  };

  /** What is granted under a name. Types without resources are whatever they say that they are. */
  #given(text: string, type: ExternType): Given | null {
    if (type.sort === "type" && type.equals !== null) return null;
    const { name, version } = parseInterfaceName(text);
    const granted = this.#grants.get(name);
    if (granted === undefined || type.sort !== "instance") {
      throw new ComponentLoadError([`imports ${text}, which is not granted`]);
    }
    if (!areCompatible(version, granted.version)) {
      throw new ComponentLoadError([
        `imports ${text}, which is not compatible with the version ${granted.version} that is granted`,
      ]);
    }
    return { extern: { sort: "instance", item: this.#instance(granted) }, exportsTypes: false };
  }

  #instance(granted: HostInterface): Instance {
    const known = this.#instances.get(granted);
    if (known !== undefined) return known;
    const exports = new Map<string, Extern>();
    for (const [name, { type }] of granted.resources) {
      exports.set(name, { sort: "type", item: { kind: "resource", resource: type } });
    }
    for (const [name, host] of granted.functions) {
      exports.set(name, { sort: "function", item: hostFunction(host) });
    }
    this.#instances.set(granted, exports);
    return exports;
  }
}
