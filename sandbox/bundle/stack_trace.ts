import { cut } from "../cut.ts";
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import type { Artifact } from "../artifact.ts";

/** What frames of our own code inside the guest are called. */
export const PRELUDE_NAME = "cupel:prelude";

/** What QuickJS gives as the file of a built-in function. */
const NATIVE = "native";

const MAX_INPUT_CHARACTERS = 64 * 1024;
const MAX_FRAMES = 50;
const MAX_NAME_CHARACTERS = 200;

/** A frame of QuickJS: `    at solve (solve.js:1:234)` or, without a function's name, `at solve.js:1:2`. */
interface Frame {
  name: string;
  file: string;
  /** Counted from 1. */
  line?: number;
  /** Counted from 1. */
  column?: number;
}

/**
 * Makes a QuickJS stack trace point at the user's files and lines, by the artifact's source map, and
 * leaves out the frames of our own code.
 *
 * The text comes from the guest, which can write anything there: what is not a frame is dropped, and at
 * most 50 frames of a few hundred characters are kept.
 *
 * @returns One line a frame, `    at name (file:line:column)`; the empty string where there is none.
 */
export function mapStackTrace(stack: string, artifact: Artifact): string {
  const frames: Frame[] = [];
  let map: TraceMap | null | undefined;
  for (const text of stack.slice(0, MAX_INPUT_CHARACTERS).split("\n")) {
    const frame = parseFrame(text);
    if (frame === undefined || frame.file === PRELUDE_NAME) continue;
    if (frame.file === artifact.name) map ??= openMap(artifact);
    frames.push(frame.file === artifact.name && map ? original(frame, map) : frame);
    if (frames.length === MAX_FRAMES) break;
  }
  // The prelude calls user code through built-ins, which nobody else can be at the bottom.
  while (frames.at(-1)?.file === NATIVE) frames.pop();
  return frames.map(format).join("\n");
}

/** Source maps are costly to decode, and an artifact has many traces. */
const openMaps = new WeakMap<Artifact, TraceMap | null>();

function openMap(artifact: Artifact): TraceMap | null {
  const known = openMaps.get(artifact);
  if (known !== undefined) return known;
  const { sourceMap } = artifact.kind === "javascript" ? artifact : {};
  const map = sourceMap === undefined ? null : new TraceMap(sourceMap);
  openMaps.set(artifact, map);
  return map;
}

function original(frame: Frame, map: TraceMap): Frame {
  if (frame.line === undefined || frame.column === undefined) return frame;
  // Source maps count columns from 0, QuickJS from 1.
  const found = originalPositionFor(map, { line: frame.line, column: frame.column - 1 });
  if (found.source === null) return frame;
  return { name: frame.name, file: found.source, line: found.line, column: found.column + 1 };
}

function parseFrame(text: string): Frame | undefined {
  const line = text.trim();
  if (!line.startsWith("at ")) return undefined;
  const rest = line.slice("at ".length);
  const open = rest.lastIndexOf(" (");
  if (open === -1 || !rest.endsWith(")")) return { name: "<anonymous>", ...parsePlace(rest) };
  return { name: rest.slice(0, open), ...parsePlace(rest.slice(open + " (".length, -1)) };
}

function parsePlace(place: string): Omit<Frame, "name"> {
  const [afterColumn, column] = splitNumber(place);
  if (column === undefined) return { file: place };
  const [file, line] = splitNumber(afterColumn);
  return line === undefined ? { file: afterColumn, line: column } : { file, line, column };
}

/** Splits `text:12` into `text` and 12. Numbers that no position has are left in the text. */
function splitNumber(text: string): [string, number | undefined] {
  const colon = text.lastIndexOf(":");
  const digits = text.slice(colon + 1);
  if (colon === -1 || !/^[0-9]{1,9}$/.test(digits) || Number(digits) === 0) {
    return [text, undefined];
  }
  return [text.slice(0, colon), Number(digits)];
}

function format(frame: Frame): string {
  const place = [frame.line, frame.column].filter((part) => part !== undefined);
  return `    at ${clean(frame.name)} (${[clean(frame.file), ...place].join(":")})`;
}

/** Without control characters, which could rewrite a terminal, and short. */
function clean(text: string): string {
  const plain = text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, "?");
  return cut(plain, MAX_NAME_CHARACTERS);
}
