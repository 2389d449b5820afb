import { MAX_WASM_BYTES, wasmArtifact } from "../../../sandbox/bundle/wasm_file.ts";
import { readBytes } from "../../../sandbox/bundle/source_file.ts";
import { componentize } from "../../../sandbox/componentize/componentize.ts";
import { inspectWasm } from "../../../sandbox/inspect/inspect_wasm.ts";
import { listed } from "../../../sandbox/listed.ts";
import { escapeLine } from "../../report/escape.ts";
import type { CommandSpec, OptionValues } from "../command.ts";
import type { Context } from "../context.ts";
import { EXIT_OK } from "../exit_codes.ts";
import { OutputFile } from "../input/output_file.ts";
import { readTextFile } from "../input/text_file.ts";

/** `cupel componentize`: makes a component of a core module, for who has no wasm-tools. */
export const componentizeCommand: CommandSpec = {
  arguments: [{ name: "core", description: "core module that follows the canonical ABI" }],
  options: [
    { flags: "--wit <file>", description: "WIT file that types its exports", required: true },
    {
      flags: "--world <name>",
      description: "world of the file that it implements",
      defaultText: "the only one",
    },
    { flags: "--out <file>", description: "file to write the component to", required: true },
  ],
  examples: [
    {
      does: "make a component of a module that was written in C",
      line: "cupel componentize core.wasm --wit top-k.wit --out top-k.wasm",
    },
  ],
  exitCodes: "0 written, 3 bad input",
  run: runComponentize,
};

async function runComponentize(
  positional: string[],
  { wit, world, out }: OptionValues,
  { stdout, interruption }: Context,
): Promise<number> {
  const shown = { core: positional[0] ?? "", wit: String(wit) };
  const core = await readBytes(shown.core, shown.core, MAX_WASM_BYTES);
  const text = await readTextFile("--wit", shown.wit);
  const file = await OutputFile.prepare("--out", String(out));
  const named = typeof world === "string" ? { world } : {};
  const component = await componentize({ core, wit: text, ...named, shown });
  interruption.signal.throwIfAborted();
  await file.write(component);
  stdout.write(`${String(out)}: a component of ${component.length} bytes\n`);
  for (const note of notesOn(component)) stdout.write(`note: it ${escapeLine(note)}\n`);
  return EXIT_OK;
}

/** Why a component that was just written would not be loaded: it may be meant for another host. */
function notesOn(component: Uint8Array): string[] {
  const { imports, refusals } = inspectWasm(wasmArtifact(new Uint8Array(component), "component"));
  const names = imports.filter(({ granted }) => !granted).map(({ name }) => name);
  const others = refusals.filter((why) =>
    !names.some((name) => why.startsWith(`imports ${name}, `))
  );
  if (names.length === 0) return others;
  const none = ["does not grant it", "grants neither"][names.length - 1] ?? "grants none of them";
  return [`imports ${listed(names)}, and Cupel ${none}`, ...others];
}
