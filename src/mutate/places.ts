import { originalPositionFor, TraceMap, traceSegment } from "@jridgewell/trace-mapping";
import type { JavaScriptArtifact } from "../../sandbox/artifact.ts";
import { CupelError } from "../errors.ts";

/** A place in one of the user's files. */
export interface Place {
  /** Path relative to the folder of the artifact's entry file, with `/` between its parts. */
  file: string;
  /** Counted from 1. */
  line: number;
  /** Counted from 1, in UTF-16 units. */
  column: number;
}

/** What may stand before the first token of an expression that a source map knows. */
const BEFORE_A_TOKEN = /[(!~+\-\s]/;

/** Tells where in the user's files the pieces of an artifact's code come from. */
export class Places {
  readonly #code: string;
  readonly #map: TraceMap;
  readonly #lineStarts: number[] = [0];

  /** @throws {CupelError} `bad-input` for an artifact without a source map. */
  constructor({ code, name, sourceMap }: JavaScriptArtifact) {
    if (sourceMap === undefined) {
      throw new CupelError("bad-input", `Cannot mutate ${name} as it must have a source map`);
    }
    this.#code = code;
    this.#map = new TraceMap(sourceMap);
    for (let at = code.indexOf("\n"); at !== -1; at = code.indexOf("\n", at + 1)) {
      this.#lineStarts.push(at + 1);
    }
  }

  /**
   * The place that the code at an offset was written in.
   *
   * @returns undefined for code that is not the user's: the bundler's own, which has no place, and that
   * of packages and JSON files.
   */
  at(offset: number): Place | undefined {
    let first = offset;
    while (BEFORE_A_TOKEN.test(this.#code[first] ?? "")) first++;
    // A piece that the bundler put in has no place of its own, only that of what comes before it.
    return this.#exactly(offset) ?? this.#exactly(first);
  }

  #exactly(offset: number): Place | undefined {
    const line = this.#lineOf(offset);
    const column = offset - (this.#lineStarts[line] ?? 0);
    const segment = traceSegment(this.#map, line, column);
    if (segment?.[0] !== column || segment.length === 1) return undefined;
    const { source, line: found, column: from } = originalPositionFor(this.#map, {
      line: line + 1,
      column,
    });
    if (source === null || !isUsers(source)) return undefined;
    return { file: source, line: found, column: from + 1 };
  }

  /** The line of an offset, from 0. */
  #lineOf(offset: number): number {
    let [low, high] = [0, this.#lineStarts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low;
  }
}

function isUsers(source: string): boolean {
  return !source.split("/").includes("node_modules") && !source.endsWith(".json");
}
