import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./sources.ts";

/** Imported from anywhere, importing nothing of the project. */
export const GROUND = "src/runtime";

/**
 * The rows of rooms that `docs/architecture.md` draws, topmost first.
 *
 * Each line of its first block names one row: folders with commas between them, then what they are
 * for, two spaces or more away.
 *
 * @throws If the drawing cannot be found.
 */
export function rowsOfRooms(): string[][] {
  const text = readFileSync(join(ROOT, "docs", "architecture.md"), "utf8");
  const drawing = /```\n(.*?)```/s.exec(text)?.[1];
  if (!drawing) throw new Error("docs/architecture.md draws no rooms");
  return drawing.trim().split("\n").map((line) => {
    const [folders = ""] = line.split(/ {2,}/);
    return folders.split(",").map((folder) => folder.trim());
  });
}

/** The room that a file is in; files directly in `src` are rooms of their own. */
export function roomOf(path: string): string {
  const [top = "", second = ""] = path.split("/");
  return top === "src" ? `${top}/${second}` : top;
}
