import type { ComponentFunction } from "../abi/functions.ts";
import type { Definition, ExternType } from "../binary/definitions.ts";
import { ComponentLoadError, malformed, unsupported } from "../errors.ts";
import type { FunctionType } from "../types.ts";
import { functionText } from "../wit_text.ts";
import { aliasExport } from "./aliases.ts";
import { sameFunctionType, sameTypeItem } from "./same_type.ts";
import { type Extern, type Instance, Scope } from "./scope.ts";
import { stepsOf } from "./steps.ts";
import { TypeMaker } from "./type_items.ts";
import type { Work } from "./work.ts";

/** What is given for an import. */
export interface Given {
  extern: Extern;
  /** Whether it also has the types without resources that are asked of it: the host's interfaces have none. */
  exportsTypes: boolean;
}

/** Index spaces are made for each. */
const STEPS_OF_AN_INSTANCE = 10;

/** Where an import is, for messages: its text is put together where it is needed only. */
interface Place {
  /** What is done with it: `imports`. Empty for a part of another place. */
  verb: string;
  /** Its name: `wasi:io/streams@0.2.0`. */
  name: string;
  offset: number;
  /** What it is a part of. */
  within?: Place;
}

function placeText({ verb, name, within }: Place): string {
  return `${within === undefined ? verb : placeText(within)} ${name}`;
}

/**
 * Takes what is given for what is asked, and gives it the next index. Where nothing is given, something is
 * made up that has the type and cannot be called: to look at types before anything runs.
 *
 * @returns What was asked for and no more of it.
 * @throws ComponentLoadError where they do not fit.
 */
export function bind(
  scope: Scope,
  type: ExternType,
  given: Given | null,
  place: Place,
  work: Work,
): Extern {
  const extern = work.deeper(() => fit(scope, type, given, place, work));
  scope.add(extern);
  return extern;
}

function fit(
  scope: Scope,
  type: ExternType,
  given: Given | null,
  place: Place,
  work: Work,
): Extern {
  work.step();
  if (given !== null && given.extern.sort !== type.sort) {
    throw mismatch(place, ` as a ${type.sort}, which is a ${given.extern.sort}`);
  }
  const types = new TypeMaker(scope, place.offset);
  switch (type.sort) {
    case "type":
      return fitType(scope, type.equals, given, place, work);
    case "function":
      return fitFunction(types.function(type.type), given, place, work);
    case "instance": {
      const asked = types.instance(type.type);
      const item = fitInstance(asked.declarations, new Scope(asked.scope), given, place, work);
      return { sort: "instance", item };
    }
    case "core module":
      if (given === null) throw unsupported("imports of core modules", place.offset);
      return given.extern;
    case "component":
      // With components as parameters, a small file could describe an instantiation without end.
      throw unsupported("imports of components", place.offset);
  }
}

function mismatch(place: Place, problem: string): ComponentLoadError {
  return new ComponentLoadError([`${placeText(place)}${problem}`]);
}

function fitType(
  scope: Scope,
  equals: number | null,
  given: Given | null,
  place: Place,
  work: Work,
): Extern {
  const item = given?.extern.sort === "type" ? given.extern.item : null;
  if (equals === null) {
    if (item === null) {
      return { sort: "type", item: { kind: "resource", resource: { name: place.name } } };
    }
    if (item.kind !== "resource") throw mismatch(place, " as a resource, which is another type");
    return { sort: "type", item };
  }
  const asked = scope.get("type", equals, place.offset);
  if (item !== null && !sameTypeItem(asked, item, work)) {
    throw mismatch(place, " as another type than is granted");
  }
  return { sort: "type", item: asked };
}

function fitFunction(
  type: FunctionType,
  given: Given | null,
  place: Place,
  work: Work,
): Extern {
  if (given?.extern.sort !== "function") {
    return { sort: "function", item: abstractFunction(type) };
  }
  const { item } = given.extern;
  if (!sameFunctionType(type, item.type, work)) {
    throw mismatch(
      place,
      ` as ${functionText(type)}, where ${functionText(item.type)} is granted`,
    );
  }
  // The type that is asked for has the names that its own interface gives to its parts.
  const fitted: ComponentFunction = {
    type,
    call: (args, take, prices) => item.call(args, take, prices),
  };
  return { sort: "function", item: fitted };
}

/** A function that has a type and nothing behind it. */
function abstractFunction(type: FunctionType): ComponentFunction {
  return {
    type,
    call() {
      throw new TypeError("Cannot call a function of which only the type is known");
    },
  };
}

function fitInstance(
  declarations: readonly Definition[],
  scope: Scope,
  given: Given | null,
  place: Place,
  work: Work,
): Instance {
  work.step(STEPS_OF_AN_INSTANCE);
  const fitted = new Map<string, Extern>();
  const exports = given?.extern.sort === "instance" ? given.extern.item : null;
  for (const declaration of declarations) {
    work.step(stepsOf(declaration));
    if (declaration.kind !== "export type") {
      declare(scope, declaration);
      continue;
    }
    const { name, type, offset } = declaration;
    const inner = { verb: "", name, offset, within: place };
    const extern = exports?.get(name);
    const isMadeUp = given === null ||
      (!given.exportsTypes && type.sort === "type" && type.equals !== null);
    if (extern === undefined && !isMadeUp) throw mismatch(inner, ", which is not granted");
    const part = extern === undefined || given === null
      ? null
      : { extern, exportsTypes: given.exportsTypes };
    fitted.set(name, bind(scope, type, part, inner, work));
  }
  return fitted;
}

/** A declaration that is no export: a type of its own, or another name of one. */
function declare(scope: Scope, declaration: Definition): void {
  const { offset } = declaration;
  switch (declaration.kind) {
    case "core type":
      return scope.push("core type", null);
    case "type":
      if (declaration.type.kind === "resource") break;
      return scope.push("type", new TypeMaker(scope, offset).make(declaration.type));
    case "alias export":
      return scope.add(aliasExport(scope, declaration, offset));
    case "alias outer": {
      const { sort, count, index } = declaration;
      if (sort === "core type") return scope.push(sort, null);
      return scope.add(scope.outer(count).extern(sort, index, offset));
    }
  }
  throw malformed(`a type declares a ${declaration.kind}`, offset);
}
