import type { Definition } from "../binary/definitions.ts";
import { malformed } from "../errors.ts";
import type { CoreItem, Extern, Scope } from "./scope.ts";

/** What an alias of an instance's export stands for. */
export function aliasExport(
  scope: Scope,
  { sort, instance, name }: Extract<Definition, { kind: "alias export" }>,
  offset: number,
): Extern {
  const extern = scope.get("instance", instance, offset).get(name);
  if (extern?.sort !== sort) {
    throw malformed(`instance ${instance} exports no ${sort} ${JSON.stringify(name)}`, offset);
  }
  return extern;
}

/** What an alias of a core instance's export stands for. */
export function aliasCoreExport(
  scope: Scope,
  { sort, instance, name }: Extract<Definition, { kind: "alias core export" }>,
  offset: number,
): CoreItem {
  const item = scope.get("core instance", instance, offset).get(name);
  if (item?.sort !== sort) {
    throw malformed(`core instance ${instance} exports no ${sort} ${JSON.stringify(name)}`, offset);
  }
  return item;
}
