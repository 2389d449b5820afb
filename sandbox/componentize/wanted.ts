import { parseModule } from "../../wasm/mod.ts";
import { SandboxError } from "../errors.ts";
import { loadTools, reasonOf } from "./tools.ts";
import { lineOfComplaint } from "./wit_line.ts";

/** Functions beside those of a world that a module may export: they are called if they are there. */
const OPTIONAL = /_(post|dtor|initialize)$/;

/**
 * The names that a core module exports the functions of a world by: `top-k`, or with an interface
 * `cupel:examples/lists#top-k`.
 *
 * They are read off an empty module that wasm-tools makes for the world, which names them
 * `cm32p2|interface|function`.
 *
 * @param wit The text that defines the world.
 * @param world Its name; not needed where there is only one.
 * @param shown What the user calls the file of the text.
 * @throws {SandboxError} `bad-source` for a text that is not WIT, with the line, and where there is no such world.
 */
export async function wantedExports(
  wit: string,
  world: string | undefined,
  shown: string,
): Promise<string[]> {
  const dummy = await embedDummy(wit, world, shown);
  return parseModule(dummy).exports.flatMap(({ name, kind }) => {
    const [version, from, own = ""] = name.split("|");
    if (kind !== "function" || version !== "cm32p2" || OPTIONAL.test(own)) return [];
    return [from ? `${from}#${own}` : own];
  });
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
    throw new SandboxError("bad-source", `Cannot use the WIT of ${place}: ${reason}`, { cause });
  }
}

const noReason = () => undefined;
