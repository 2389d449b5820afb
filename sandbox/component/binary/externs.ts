import { malformed, unsupported } from "../errors.ts";
import type { Cursor } from "./cursor.ts";
import type { ExternType } from "./definitions.ts";
import type { Spaces } from "./spaces.ts";

/** What an import or an export is said to be. */
export function readExternType(cursor: Cursor, spaces: Spaces): ExternType {
  const at = cursor.position;
  const form = cursor.byte();
  switch (form) {
    case 0x00:
      cursor.expect(0x11, "sort of a core module");
      return { sort: "core module", type: cursor.index(spaces, "core type") };
    case 0x01:
      return { sort: "function", type: cursor.index(spaces, "type") };
    case 0x02:
      throw unsupported("values that are imported, exported or defined", at);
    case 0x03:
      return { sort: "type", equals: readBound(cursor, spaces) };
    case 0x04:
      return { sort: "component", type: cursor.index(spaces, "type") };
    case 0x05:
      return { sort: "instance", type: cursor.index(spaces, "type") };
  }
  throw malformed(`unknown kind 0x${form.toString(16)} of an import or export`, at);
}

function readBound(cursor: Cursor, spaces: Spaces): number | null {
  const at = cursor.position;
  const form = cursor.byte();
  if (form === 0) return cursor.index(spaces, "type");
  if (form === 1) return null;
  throw malformed(`unknown bound 0x${form.toString(16)} of a type`, at);
}

/** What is imported, exported or declared gets an index as well. */
export function addExtern(spaces: Spaces, type: ExternType): void {
  spaces.add(type.sort);
}
