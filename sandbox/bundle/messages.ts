import { Buffer } from "node:buffer";
import type { Message } from "esbuild";
import { SOURCE_NAMESPACE } from "./source_plugin.ts";

/**
 * Things esbuild would let pass that cannot work in an isolate, and what to say of each. The mere
 * mention of `require` is not one: code that runs anywhere asks for it with `typeof`.
 */
export const REFUSED_WARNINGS: Readonly<Record<string, string>> = {
  "unsupported-dynamic-import": "a dynamic import() is not supported: use a static import",
  "unsupported-require-call": "require() of anything but a literal name is not supported",
};

const PREFIX = `${SOURCE_NAMESPACE}:`;

/** The first of esbuild's messages as one line: file, line and column (from 1), what is wrong. */
export function describe(messages: readonly Message[], show: (path: string) => string): string {
  const [first, ...others] = messages;
  if (first === undefined) return "esbuild gave no reason";
  const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
  return `${place(first, show)}${REFUSED_WARNINGS[first.id] ?? text(first, show)}${more}`;
}

/** The warnings about the user's own files that are refused. Packages may hold code that never runs. */
export function refusedWarnings(warnings: readonly Message[]): Message[] {
  return warnings.filter((warning) =>
    Object.hasOwn(REFUSED_WARNINGS, warning.id) &&
    warning.location?.file.startsWith(PREFIX) === true
  );
}

function place(message: Message, show: (path: string) => string): string {
  const location = message.location;
  if (location === null) return "";
  const { file, line, column, lineText } = location;
  const shown = show(file.startsWith(PREFIX) ? file.slice(PREFIX.length) : file);
  // esbuild counts columns in bytes of UTF-8 from 0.
  const before = Buffer.from(lineText).subarray(0, column).toString("utf8");
  return `${shown}:${line}:${before.length + 1}: `;
}

function text(message: Message, show: (path: string) => string): string {
  if (message.text.startsWith("Could not resolve ")) {
    return `${message.text}, which a package imports`;
  }
  return message.text.replaceAll(
    new RegExp(`"${PREFIX}([^"]*)"`, "g"),
    (_match, path: string) => `"${show(path)}"`,
  );
}
