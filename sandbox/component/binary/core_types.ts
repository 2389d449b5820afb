import { malformed, unsupported } from "../errors.ts";
import type { Cursor } from "./cursor.ts";

/**
 * Passes over a type of core WebAssembly: of a function or of a module.
 *
 * They say what an imported core module must be like. Nobody can hand in one from outside, and what a
 * module really is decides everywhere else, so nothing of them is kept.
 */
export function skipCoreType(cursor: Cursor): void {
  const at = cursor.position;
  const form = cursor.byte();
  if (form === 0x60) return skipFunctionType(cursor);
  if (form !== 0x50) throw unsupported(`core type of the form 0x${form.toString(16)}`, at);
  cursor.vector("declarations", () => skipDeclaration(cursor));
}

function skipFunctionType(cursor: Cursor): void {
  cursor.vector("parameters", () => cursor.byte());
  cursor.vector("results", () => cursor.byte());
}

function skipDeclaration(cursor: Cursor): void {
  const at = cursor.position;
  switch (cursor.byte()) {
    case 0x00:
      cursor.coreName();
      cursor.coreName();
      return skipDescription(cursor);
    case 0x01: {
      const form = cursor.byte();
      if (form !== 0x60) throw unsupported("module types inside of module types", at);
      return skipFunctionType(cursor);
    }
    case 0x02:
      cursor.expect(0x10, "sort of a type");
      cursor.expect(0x01, "alias of an outer type");
      cursor.u32();
      cursor.u32();
      return;
    case 0x03:
      cursor.coreName();
      return skipDescription(cursor);
  }
  throw malformed("unknown declaration of a module type", at);
}

function skipDescription(cursor: Cursor): void {
  const at = cursor.position;
  switch (cursor.byte()) {
    case 0x00:
      cursor.u32();
      return;
    case 0x01:
      cursor.byte();
      return skipLimits(cursor);
    case 0x02:
      return skipLimits(cursor);
    case 0x03:
      cursor.byte();
      cursor.byte();
      return;
    case 0x04:
      cursor.byte();
      cursor.u32();
      return;
  }
  throw malformed("unknown kind of a core import or export", at);
}

function skipLimits(cursor: Cursor): void {
  const at = cursor.position;
  const flags = cursor.byte();
  if (flags > 1) throw unsupported("shared, 64-bit or unusually paged memories", at);
  cursor.u32();
  if (flags === 1) cursor.u32();
}
