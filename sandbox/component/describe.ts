import type { Extern, Instance } from "./link/scope.ts";
import type { FunctionType, ResourceType, ValueType } from "./types.ts";

/** What a component imports or exports under a name. */
export type ExternDescription =
  | { name: string; sort: "function"; type: FunctionType }
  | { name: string; sort: "interface"; interface: InterfaceDescription }
  | { name: string; sort: "type" | "component" | "core module" };

/** What an interface has, by names in WIT. */
export interface InterfaceDescription {
  functions: ReadonlyMap<string, FunctionType>;
  /** Named types of values: the very objects that the functions' types refer to. */
  types: ReadonlyMap<string, ValueType>;
  resources: ReadonlyMap<string, ResourceType>;
}

/** Describes an import or export. */
export function describeExtern(name: string, extern: Extern): ExternDescription {
  switch (extern.sort) {
    case "function":
      return { name, sort: "function", type: extern.item.type };
    case "instance":
      return { name, sort: "interface", interface: describeInstance(extern.item) };
    default:
      return { name, sort: extern.sort };
  }
}

/** The same instance may be exported under many names. */
const descriptions = new WeakMap<Instance, InterfaceDescription>();

function describeInstance(instance: Instance): InterfaceDescription {
  const known = descriptions.get(instance);
  if (known !== undefined) return known;
  const functions = new Map<string, FunctionType>();
  const types = new Map<string, ValueType>();
  const resources = new Map<string, ResourceType>();
  for (const [name, extern] of instance) {
    if (extern.sort === "function") functions.set(name, extern.item.type);
    if (extern.sort !== "type") continue;
    if (extern.item.kind === "value") types.set(name, extern.item.type);
    if (extern.item.kind === "resource") resources.set(name, extern.item.resource);
  }
  const description = { functions, types, resources };
  descriptions.set(instance, description);
  return description;
}
