import { malformed, unsupported } from "../errors.ts";
import type { Cursor } from "./cursor.ts";
import type { CanonOptions, DefinitionBody, StringEncoding } from "./definitions.ts";
import type { Spaces } from "./spaces.ts";

const ENCODINGS: readonly StringEncoding[] = ["utf8", "utf16", "latin1+utf16"];

/** The last opcode of asynchronous and threaded built-ins that is known to be one. */
const LAST_ASYNCHRONOUS = 0x42;

/** A canonical definition: what turns core functions into component functions and back. */
export function readCanon(cursor: Cursor, spaces: Spaces): DefinitionBody {
  const at = cursor.position;
  const form = cursor.byte();
  switch (form) {
    case 0x00: {
      cursor.expect(0, "sort of a function");
      const core = cursor.index(spaces, "core function");
      const options = readOptions(cursor, spaces);
      const type = cursor.index(spaces, "type");
      spaces.add("function");
      return { kind: "lift", core, options, type };
    }
    case 0x01: {
      cursor.expect(0, "sort of a function");
      const index = cursor.index(spaces, "function");
      const optionsAt = cursor.position;
      const options = readOptions(cursor, spaces);
      if (options.postReturn !== null) throw malformed("canon lower has post-return", optionsAt);
      spaces.add("core function");
      return { kind: "lower", function: index, options };
    }
    case 0x02:
    case 0x03:
    case 0x04: {
      const resource = cursor.index(spaces, "type");
      spaces.add("core function");
      const kind = form === 2 ? "resource.new" : form === 3 ? "resource.drop" : "resource.rep";
      return { kind, resource };
    }
  }
  const what = form <= LAST_ASYNCHRONOUS ? "asynchronous or threaded built-ins" : "built-ins";
  throw unsupported(`${what} (canon 0x${form.toString(16)})`, at);
}

function readOptions(cursor: Cursor, spaces: Spaces): CanonOptions {
  const options: CanonOptions = { encoding: "utf8", memory: null, realloc: null, postReturn: null };
  const seen = new Set<string>();
  cursor.vector("options", () => {
    const at = cursor.position;
    const name = readOption(cursor, spaces, options);
    if (seen.has(name)) throw malformed(`the option ${name} stands twice`, at);
    seen.add(name);
  });
  return options;
}

function readOption(cursor: Cursor, spaces: Spaces, options: CanonOptions): string {
  const at = cursor.position;
  const form = cursor.byte();
  const encoding = ENCODINGS[form];
  if (encoding !== undefined) {
    options.encoding = encoding;
    return "string-encoding";
  }
  switch (form) {
    case 0x03:
      options.memory = cursor.index(spaces, "core memory");
      return "memory";
    case 0x04:
      options.realloc = cursor.index(spaces, "core function");
      return "realloc";
    case 0x05:
      options.postReturn = cursor.index(spaces, "core function");
      return "post-return";
    case 0x06:
    case 0x07:
      throw unsupported("asynchronous functions", at);
    case 0x08:
    case 0x09:
      throw unsupported("canonical options for garbage collection", at);
  }
  throw malformed(`unknown canonical option 0x${form.toString(16)}`, at);
}
