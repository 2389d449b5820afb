import type { ExternType } from "../binary/definitions.ts";
import type { Scope } from "./scope.ts";
import { TypeMaker } from "./type_items.ts";

/**
 * Whether an import is an interface that has nothing but types without resources of its own, as a world makes
 * that takes its types from an interface by `use`. It says all about itself and asks nothing of a host.
 */
export function hasTypesOnly(type: ExternType, scope: Scope, offset: number): boolean {
  if (type.sort !== "instance") return false;
  const { declarations } = new TypeMaker(scope, offset).instance(type.type);
  const exported = declarations.flatMap((one) => one.kind === "export type" ? [one.type] : []);
  return exported.length > 0 &&
    exported.every((one) => one.sort === "type" && one.equals !== null);
}
