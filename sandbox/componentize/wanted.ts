import { parseModule } from "../../wasm/mod.ts";
import { SandboxError } from "../errors.ts";
import { interfaceOf } from "./imports.ts";
import { kebabCaseAdvice } from "./kebab_case.ts";
import { loadTools, reasonOf } from "./tools.ts";
import { lineOfComplaint } from "./wit_line.ts";

/** Functions beside those of a world that a module may export: they are called if they are there. */
const OPTIONAL = /_(post|dtor|initialize)$/;

/** What a world asks of a core module, and what it grants to it. */
export interface Wanted {
  /** The names that its functions are exported by: `top-k`, or `cupel:examples/lists#top-k`. */
  exports: string[];
  /** The interfaces that it may import, without version. */
  interfaces: ReadonlySet<string>;
}

/**
 * What a world asks of a core module.
 *
 * It is read off an empty module that wasm-tools makes for the world, in which names are
 * `cm32p2|interface|function`.
 *
 * @param wit The text that defines the world.
 * @param world Its name; not needed where there is only one.
 * @param shown What the user calls the file of the text.
 * @throws {SandboxError} `bad-source` for a text that is not WIT, with the line, and where there is no such world.
 */
export async function wantedOf(
  wit: string,
  world: string | undefined,
  shown: string,
): Promise<Wanted> {
  const dummy = parseModule(await embedDummy(wit, world, shown));
  const exports = dummy.exports.flatMap(({ name, kind }) => {
    const [version, from, own = ""] = name.split("|");
    if (kind !== "function" || version !== "cm32p2" || OPTIONAL.test(own)) return [];
    return [from ? `${from}#${own}` : own];
  });
  return { exports, interfaces: new Set(dummy.imports.map(({ module }) => interfaceOf(module))) };
}

/** An empty module for a world. */
async function embedDummy(
  wit: string,
  world: string | undefined,
  shown: string,
): Promise<Uint8Array> {
  const { componentEmbed } = await loadTools();
  const named = world === undefined ? {} : { world };
  const embed = (witSource: string) => componentEmbed({ witSource, dummy: true, ...named });
  try {
    return await embed(wit);
  } catch (cause) {
    const reason = reasonOf(cause);
    const line = await lineOfComplaint(wit, reason, (text) => embed(text).then(noReason, reasonOf));
    const place = line === undefined ? shown : `${shown}:${line}`;
    const advice = line === undefined
      ? ""
      : kebabCaseAdvice(reason, wit.split("\n")[line - 1] ?? "");
    const message = `Cannot use the WIT of ${place}: ${reason}${advice}`;
    throw new SandboxError("bad-source", message, { cause });
  }
}

const noReason = () => undefined;
