import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, sep } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

/** The project's folder. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** Where the product's own code lives. */
const ROOMS = ["wasm", "sandbox", "plugins", "src"];

/** One TypeScript file, parsed. */
export interface Source {
  /** From the project's root, with forward slashes. */
  path: string;
  text: string;
  tree: ts.SourceFile;
  /** The project's files that it imports or re-exports from, types included. */
  imports: string[];
  /** Whether a script wrote it (`*.generated.ts`). */
  generated: boolean;
}

/** Every TypeScript file of the product. */
export function productSources(): Source[] {
  // git keeps no empty folder: a room that nobody has moved into yet may be missing.
  const rooms = ROOMS.filter((room) => existsSync(join(ROOT, room)));
  return rooms.flatMap(typescriptFiles).sort().map(parse);
}

/** Every TypeScript file of a folder, from the project's root. */
export function typescriptFiles(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => `${folder}/${path.split(sep).join("/")}`);
}

/** Calls `visit` on a node and everything below it. */
export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

/** `path:line` of a node, for messages. */
export function place(source: Source, node: ts.Node): string {
  const { line } = source.tree.getLineAndCharacterOfPosition(node.getStart(source.tree));
  return `${source.path}:${line + 1}`;
}

/** Reads and parses one file. */
export function parse(path: string): Source {
  const text = readFileSync(join(ROOT, path), "utf8");
  return {
    path,
    text,
    tree: ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true),
    imports: importsOf(path, text),
    generated: path.endsWith(".generated.ts"),
  };
}

function importsOf(path: string, text: string): string[] {
  const found = ts.preProcessFile(text, true, true).importedFiles;
  return found
    .map(({ fileName }) => fileName)
    .filter((name) => name.startsWith("."))
    .map((name) => posix.join(posix.dirname(path), name));
}
