/** A fenced code block of a Markdown file. */
export interface Fence {
  /** What follows the opening fence: `sh`, `ts`, `console`, or nothing. */
  language: string;
  content: string;
  /** Line of the opening fence, from 1. */
  line: number;
}

/** The fenced code blocks of a Markdown text, in order. */
export function fencesOf(markdown: string): Fence[] {
  const fences: Fence[] = [];
  let open: Fence | undefined;
  for (const [index, line] of markdown.split("\n").entries()) {
    if (!line.startsWith("```")) {
      if (open) open.content += `${line}\n`;
    } else if (open) {
      fences.push(open);
      open = undefined;
    } else {
      open = { language: line.slice(3).trim(), content: "", line: index + 1 };
    }
  }
  return fences;
}

/** A command of a document and what it must give. */
export interface Command {
  text: string;
  /** From a comment `# exit code N` at the end; 0 without one. */
  exitCode: number;
  /** What a `console` block shows below the command. */
  output?: string;
}

const EXIT_CODE = /\s+# exit code (\d+)$/;

/** The commands of `sh` blocks (a line each) and of `console` blocks (after `$ `). */
export function commandsOf(fences: readonly Fence[]): Command[] {
  return fences.flatMap((fence) => {
    if (fence.language === "sh") return shellCommands(fence.content);
    return fence.language === "console" ? consoleCommands(fence.content) : [];
  });
}

function shellCommands(content: string): Command[] {
  return content
    .replaceAll("\\\n", " ")
    .split("\n")
    .filter((line) => line.trim() !== "" && !line.startsWith("#"))
    .map(parseCommand);
}

function consoleCommands(content: string): Command[] {
  return content.split(/^\$ /m).slice(1).map((part) => {
    const end = /(?<!\\)\n/.exec(part)?.index ?? part.length;
    const command = parseCommand(part.slice(0, end).replaceAll("\\\n", " "));
    return { ...command, output: part.slice(end + 1) };
  });
}

function parseCommand(line: string): Command {
  const exitCode = Number(EXIT_CODE.exec(line)?.[1] ?? 0);
  return { text: line.replace(EXIT_CODE, "").trim(), exitCode };
}
