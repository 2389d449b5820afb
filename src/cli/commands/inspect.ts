import { adviceOn, isWasmFile, readWasmArtifact } from "../../../sandbox/bundle/artifact_file.ts";
import { inspectWasm } from "../../../sandbox/inspect/inspect_wasm.ts";
import { CupelError } from "../../errors.ts";
import { inspectionText } from "../../report/inspection_text.ts";
import { printableJson } from "../../report/printable_json.ts";
import type { CommandSpec, OptionValues } from "../command.ts";
import type { Context } from "../context.ts";
import { EXIT_OK, EXIT_REFUSED } from "../exit_codes.ts";
import { requireFile } from "../input/source_file.ts";

const ACCEPTED = "a WebAssembly file (.wasm) or a guest's manifest (.toml)";

/** `cupel inspect`: what is in a WebAssembly file, and whether it would be loaded. Nothing of it runs. */
export const inspectCommand: CommandSpec = {
  arguments: [{ name: "file", description: "WebAssembly file, or a guest's manifest" }],
  options: [{ flags: "--json", description: "print JSON" }],
  examples: [
    {
      does: "what a component imports and exports, and what of that is granted",
      line: "cupel inspect examples/components/top-k-c.wasm",
    },
  ],
  exitCodes: "0 it can be loaded, 1 something in it is refused, 3 bad input",
  run: inspect,
};

async function inspect(
  positional: string[],
  options: OptionValues,
  context: Context,
): Promise<number> {
  const file = positional[0] ?? "";
  await requireFile("the file", file, ACCEPTED);
  if (!isWasmFile(file)) {
    throw new CupelError(
      "bad-input",
      `Cannot inspect ${file} as it must be ${ACCEPTED}, by its extension${adviceOn(file)}`,
    );
  }
  const artifact = await readWasmArtifact(file);
  const inspection = inspectWasm(artifact);
  const { name, sha256 } = artifact;
  context.stdout.write(
    options["json"] === true
      ? printableJson({ name, sha256, ...inspection })
      : inspectionText(name, inspection, context),
  );
  return inspection.refusals.length === 0 ? EXIT_OK : EXIT_REFUSED;
}
