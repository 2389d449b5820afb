import { Buffer } from "node:buffer";
import { inflateSync } from "node:zlib";
import { strToU8, zlibSync } from "fflate";
import * as z from "zod";
import type { Artifact } from "../../sandbox/artifact.ts";
import { CupelError } from "../errors.ts";
import { digest } from "../evaluate/digest.ts";
import type { Sources } from "../evaluate/sources.ts";

/** An artifact's text as it stands in a report: zlib (RFC 1950) in base64. */
export interface PackedSource {
  code: string;
  /** Left out where there is none. */
  sourceMap?: string;
}

/** A run's artifacts in a report. */
export type PackedSources = Record<keyof Sources, PackedSource>;

/**
 * Packs a run's artifacts. fflate and not the runtime's own zlib, as every runtime has another one, and
 * a report is the same byte for byte wherever it is written.
 */
export function packSources({ task, baseline, candidate }: Sources): PackedSources {
  return {
    task: packArtifact(task),
    baseline: packArtifact(baseline),
    candidate: packArtifact(candidate),
  };
}

function packArtifact({ code, sourceMap }: Artifact): PackedSource {
  return { code: pack(code), ...(sourceMap === undefined ? {} : { sourceMap: pack(sourceMap) }) };
}

function pack(text: string): string {
  return Buffer.from(zlibSync(strToU8(text), { level: 6 })).toString("base64");
}

/**
 * Unpacks one artifact of a report.
 *
 * @param role What it is in the run, for the message.
 * @throws {CupelError} `bad-input` where it cannot be unpacked, or is not the code that its hash names.
 */
export function unpackArtifact(
  role: string,
  { name, sha256 }: { name: string; sha256: string },
  packed: PackedSource,
): Artifact {
  const code = unpack(`sources.${role}.code`, packed.code);
  if (digest(code) !== sha256) {
    throw new CupelError(
      "bad-input",
      `Cannot use the report's sources.${role}.code as its SHA-256 must be ` +
        `run.artifacts.${role}.sha256 (${sha256}): current value is ${digest(code)}`,
    );
  }
  const artifact: Artifact = { kind: "javascript", code, sha256, name };
  if (packed.sourceMap === undefined) return artifact;
  const field = `sources.${role}.sourceMap`;
  return {
    ...artifact,
    sourceMap: checkSourceMap(field, unpack(field, packed.sourceMap), code.length),
  };
}

/** Most bytes that a text of a report may unpack to. */
const MOST_BYTES = 64 * 1024 * 1024;

function unpack(field: string, packed: string): string {
  try {
    const options = { maxOutputLength: MOST_BYTES };
    return inflateSync(Buffer.from(packed, "base64"), options).toString("utf8");
  } catch (error) {
    throw new CupelError(
      "bad-input",
      `Cannot use the report's ${field} as it must be zlib in base64`,
      { cause: error },
    );
  }
}

/** What is read of a source map (ECMA-426), for which a report has no hash. */
const sourceMapSchema = z.looseObject({
  version: z.literal(3),
  sources: z.array(z.string().nullable()),
  names: z.array(z.string()),
  mappings: z.string(),
});

/** Most characters of any source map: that of some 10 MB of code. */
const MOST_MAP = 16 * 1024 * 1024;

/**
 * Most characters of the source map of a code. Mappings are decoded into objects of many times their
 * size, and no true one has more than a few characters for each of the code.
 */
function mostOfMap(codeLength: number): number {
  return Math.min(MOST_MAP, 64 * 1024 + 20 * codeLength);
}

function checkSourceMap(field: string, text: string, codeLength: number): string {
  const most = mostOfMap(codeLength);
  if (text.length > most) {
    throw new CupelError(
      "bad-input",
      `Cannot use the report's ${field} as it must have at most ${most} characters for a code of ` +
        `${codeLength}: current value has ${text.length}`,
    );
  }
  let map: unknown;
  try {
    map = JSON.parse(text);
  } catch {
    map = undefined;
  }
  if (sourceMapSchema.safeParse(map).success) return text;
  throw new CupelError("bad-input", `Cannot use the report's ${field} as it must be a source map`);
}
