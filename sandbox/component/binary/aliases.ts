import { malformed } from "../errors.ts";
import type { Cursor } from "./cursor.ts";
import type { AnySort, CoreSort, DefinitionBody } from "./definitions.ts";
import type { Spaces } from "./spaces.ts";

/** A definition that gives an existing item an index here. */
export type Alias = Extract<DefinitionBody, { kind: `alias ${string}` }>;

/** Sorts whose items are the same whenever the enclosing component is instantiated. */
const OUTER_SORTS: readonly AnySort[] = ["core type", "core module", "type", "component"];

/** An alias: of an instance's export, a core instance's export, or an item of an enclosing component. */
export function readAlias(cursor: Cursor, spaces: Spaces): Alias {
  const offset = cursor.position;
  const sort = cursor.sort();
  const form = cursor.byte();
  const alias = readTarget(cursor, spaces, sort, form, offset);
  spaces.add(sort);
  return alias;
}

function readTarget(
  cursor: Cursor,
  spaces: Spaces,
  sort: AnySort,
  form: number,
  offset: number,
): Alias {
  switch (form) {
    case 0x00: {
      const instance = cursor.index(spaces, "instance");
      return { kind: "alias export", sort, instance, name: cursor.boundedName() };
    }
    case 0x01: {
      if (!isCoreSort(sort)) throw malformed(`a core instance exports no ${sort}`, offset);
      const instance = cursor.index(spaces, "core instance");
      return { kind: "alias core export", sort, instance, name: cursor.coreName() };
    }
    case 0x02: {
      if (!OUTER_SORTS.includes(sort)) {
        throw malformed(`an outer ${sort} cannot be aliased`, offset);
      }
      const at = cursor.position;
      const count = cursor.u32();
      const index = cursor.index(spaces.outer(count, at), sort);
      return { kind: "alias outer", sort, count, index };
    }
  }
  throw malformed(`unknown form 0x${form.toString(16)} of an alias`, offset);
}

function isCoreSort(sort: AnySort): sort is CoreSort {
  return sort.startsWith("core ");
}
