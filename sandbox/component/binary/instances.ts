import { malformed } from "../errors.ts";
import type { Cursor } from "./cursor.ts";
import type { DefinitionBody, NamedIndex } from "./definitions.ts";
import type { Spaces } from "./spaces.ts";

/** A core instance: a module with arguments, or a bundle of core items. */
export function readCoreInstance(cursor: Cursor, spaces: Spaces): DefinitionBody {
  const at = cursor.position;
  const form = cursor.byte();
  if (form === 0) {
    const module = cursor.index(spaces, "core module");
    const args = cursor.vector("arguments", () => {
      const name = cursor.coreName();
      cursor.expect(0x12, "sort of a core instance");
      return { name, instance: cursor.index(spaces, "core instance") };
    });
    checkDistinct(args, at);
    return { kind: "core instantiate", module, args };
  }
  if (form !== 1) throw malformed("unknown form of a core instance", at);
  const exports = cursor.vector("exports", () => ({
    name: cursor.coreName(),
    ...cursor.sortIndex(spaces, cursor.coreSort()),
  }));
  checkDistinct(exports, at);
  return { kind: "core exports", exports };
}

/** An instance: a component with arguments, or a bundle of items. */
export function readInstance(cursor: Cursor, spaces: Spaces): DefinitionBody {
  const at = cursor.position;
  const form = cursor.byte();
  if (form === 0) {
    const component = cursor.index(spaces, "component");
    const args = cursor.vector("arguments", () => readItem(cursor, spaces, cursor.boundedName()));
    checkDistinct(args, at);
    return { kind: "instantiate", component, args };
  }
  if (form !== 1) throw malformed("unknown form of an instance", at);
  const exports = cursor.vector("exports", () => readItem(cursor, spaces, cursor.externName()));
  checkDistinct(exports, at);
  return { kind: "exports", exports };
}

/** Only what a component can import or export may be handed on. */
function readItem(cursor: Cursor, spaces: Spaces, name: string): NamedIndex {
  const at = cursor.position;
  const item = cursor.sortIndex(spaces);
  if (item.sort.startsWith("core ") && item.sort !== "core module") {
    throw malformed(`a ${item.sort} cannot leave its component`, at);
  }
  return { name, ...item };
}

function checkDistinct(items: { name: string }[], at: number): void {
  if (new Set(items.map(({ name }) => name)).size !== items.length) {
    throw malformed("two arguments or exports have the same name", at);
  }
}
