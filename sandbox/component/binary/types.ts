import { malformed, unsupported } from "../errors.ts";
import { readAlias } from "./aliases.ts";
import { skipCoreType } from "./core_types.ts";
import type { Cursor } from "./cursor.ts";
import type { Definition, TypeDefinition } from "./definitions.ts";
import { addExtern, readExternType } from "./externs.ts";
import { Spaces } from "./spaces.ts";
import { readNamedUses, readTypeUse, readValueType } from "./value_types.ts";

/** How deep components and types may stand in one another in a file. */
export const MOST_NESTING = 100;

/** A type. */
export function readType(cursor: Cursor, spaces: Spaces): TypeDefinition {
  const at = cursor.position;
  const form = cursor.byte();
  switch (form) {
    case 0x40:
      return readFunctionType(cursor, spaces);
    case 0x43:
      throw unsupported("asynchronous functions", at);
    case 0x41:
    case 0x42:
      return readDeclarations(cursor, spaces, form, at);
    case 0x3f:
      cursor.expect(0x7f, "representation of a resource (only i32 is)");
      return {
        kind: "resource",
        destructor: cursor.optional(() => cursor.index(spaces, "core function")),
      };
    case 0x3e:
      throw unsupported("asynchronous destructors", at);
  }
  return readValueType(cursor, spaces, form, at);
}

function readFunctionType(cursor: Cursor, spaces: Spaces): TypeDefinition {
  const params = readNamedUses(cursor, spaces, "parameters");
  const at = cursor.position;
  const form = cursor.byte();
  if (form === 0) return { kind: "function", params, result: readTypeUse(cursor, spaces) };
  if (form !== 1) throw malformed("unknown form of results", at);
  const count = cursor.u32();
  if (count !== 0) throw unsupported("functions with named results", at);
  return { kind: "function", params, result: null };
}

function readDeclarations(
  cursor: Cursor,
  outer: Spaces,
  form: 0x41 | 0x42,
  at: number,
): TypeDefinition {
  if (outer.depth >= MOST_NESTING) {
    throw unsupported(`types nested more than ${MOST_NESTING} deep`, at);
  }
  const spaces = new Spaces(outer);
  const isComponent = form === 0x41;
  const declarations = cursor.vector(
    "declarations",
    () => readDeclaration(cursor, spaces, isComponent),
  );
  return { kind: isComponent ? "component" : "instance", declarations };
}

function readDeclaration(cursor: Cursor, spaces: Spaces, isComponent: boolean): Definition {
  const offset = cursor.position;
  const form = cursor.byte();
  switch (form) {
    case 0x00:
      skipCoreType(cursor);
      spaces.add("core type");
      return { offset, kind: "core type" };
    case 0x01: {
      const type = readType(cursor, spaces);
      if (type.kind === "resource") {
        throw malformed("a type declares a resource of its own", offset);
      }
      spaces.add("type");
      return { offset, kind: "type", type };
    }
    case 0x02: {
      const alias = readAlias(cursor, spaces);
      if (alias.sort !== "type" && alias.sort !== "core type" && alias.sort !== "instance") {
        throw malformed("a type aliases what is no type", offset);
      }
      return { offset, ...alias };
    }
    case 0x03:
    case 0x04: {
      const direction = form === 3 ? "import" : "export";
      if (direction === "import" && !isComponent) {
        throw malformed("an instance type imports", offset);
      }
      const name = cursor.externName();
      spaces.takeName(direction, name, offset);
      const type = readExternType(cursor, spaces);
      addExtern(spaces, type);
      return { offset, kind: direction === "import" ? "import" : "export type", name, type };
    }
  }
  throw malformed(`unknown declaration 0x${form.toString(16)} of a type`, offset);
}
