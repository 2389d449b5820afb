import { Command, CommanderError, Option } from "commander";
import { CupelError } from "../errors.ts";
import { VERSION } from "../version.ts";
import { COMMANDS } from "./catalogue.ts";
import type { CommandEntry, CommandSpec, OptionValues } from "./command.ts";
import type { Context } from "./context.ts";
import { EXIT_OK } from "./exit_codes.ts";

/**
 * Runs the command line.
 *
 * @param args What was typed after the program's name.
 * @returns The exit code.
 * @throws {CupelError} `bad-input` for what cannot be understood, and whatever the command throws.
 */
export async function runProgram(args: string[], context: Context): Promise<number> {
  let code = EXIT_OK;
  const program = newProgram(context);
  const wanted = args.find((arg) => COMMANDS.some(({ name }) => name === arg));
  for (const entry of COMMANDS) {
    const command = program.command(entry.name).description(entry.summary);
    if (entry.name !== wanted) continue;
    declare(command, await entry.load(), entry, async (spec, positional, options) => {
      code = await spec.run(positional, options, context);
    });
  }
  if (args.length === 0) throw usageError("no command is given", program);
  refuseUnknownHelp(args, program);
  try {
    await program.parseAsync(args, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Help and version have been printed, and end this way.
    if (error.exitCode === 0) return EXIT_OK;
    throw usageError(error.message, program, wanted);
  }
  return code;
}

function newProgram({ stdout }: Context): Command {
  return new Command("cupel")
    .description(
      "Runs untrusted code in metered WebAssembly isolates and says, with statistics, whether a " +
        "change is safe to adopt.",
    )
    .version(VERSION, "-V, --version", "print the version")
    .helpOption("-h, --help", "print help")
    .helpCommand("help [command]", "print help for a command")
    .addHelpText("after", "\nExamples of a command: cupel evaluate --help")
    .exitOverride()
    // What is wrong is printed in one place, for all errors alike: see failure.ts.
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: () => {},
      getOutHasColors: () => false,
    });
}

type Action = (spec: CommandSpec, positional: string[], options: OptionValues) => Promise<void>;

function declare(command: Command, spec: CommandSpec, entry: CommandEntry, act: Action): void {
  for (const { name, description, optional } of spec.arguments) {
    command.argument(optional === true ? `[${name}]` : `<${name}>`, description);
  }
  for (const { flags, description, required, defaultText } of spec.options) {
    const remark = required === true ? "required" : defaultText && `default: ${defaultText}`;
    const said = remark ? `${description} (${remark})` : description;
    command.addOption(new Option(flags, said).makeOptionMandatory(required === true));
  }
  command.addHelpText("after", helpEnd(spec));
  command.helpOption("-h, --help", "print help");
  command.action(async () => {
    await act(spec, command.args, command.opts<OptionValues>());
  });
  command.summary(entry.summary);
}

function helpEnd(spec: CommandSpec): string {
  const examples = spec.examples.map(({ line, does }) => `  # ${does}\n  ${line}`);
  const sections = (spec.sections ?? []).map(({ title, lines }) =>
    `\n${title}:\n${lines.map((line) => `  ${line}\n`).join("")}`
  );
  return `${sections.join("")}\nExamples:\n${
    examples.join("\n\n")
  }\n\nExit codes: ${spec.exitCodes}`;
}

/** Commander answers `help` of an unknown command with help of all, and fails without a word. */
function refuseUnknownHelp([help, name]: string[], program: Command): void {
  if (help !== "help" || name === undefined || name === "help" || name.startsWith("-")) return;
  if (COMMANDS.some((command) => command.name === name)) return;
  throw usageError(`unknown command '${name}'`, program);
}

/** Commander's message, in one line, with the way to what is accepted. */
function usageError(message: string, program: Command, command?: string): CupelError {
  const said = message.replace(/^error: /, "").replace(/\s*\n\s*/g, " ").trim()
    .replace(/\.$/, "");
  const help = command === undefined ? program.name() : `${program.name()} ${command}`;
  return new CupelError("bad-input", `${said}; see ${help} --help for what is accepted`);
}
