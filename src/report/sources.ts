import * as z from "zod";
import type { Artifact, Grants, JavaScriptArtifact, WasmArtifact } from "../../sandbox/artifact.ts";
import {
  fileInFile,
  grantedArguments,
  guestPath,
  MOST_FILES,
} from "../../sandbox/bundle/manifest_fields.ts";
import { wasmArtifact } from "../../sandbox/bundle/wasm_file.ts";
import { CupelError } from "../errors.ts";
import { digest } from "../evaluate/digest.ts";
import type { Sources } from "../evaluate/sources.ts";
import { pack, unpack, unpackText } from "./packing.ts";
import { checkSourceMap } from "./source_map.ts";

/** An artifact as it stands in a report, packed. */
export const packedSourceSchema = z.union([
  z.looseObject({ code: z.string(), sourceMap: z.string().optional() }),
  z.looseObject({
    wasm: z.string(),
    /** What a manifest grants; left out where there is none. */
    grants: z.strictObject({
      args: grantedArguments,
      files: z.array(z.tuple([guestPath, z.string()])).max(MOST_FILES),
    }).optional(),
  }),
]);

/** One of {@linkcode packedSourceSchema}. */
export type PackedSource = z.infer<typeof packedSourceSchema>;

/** A run's artifacts in a report. */
export type PackedSources = Record<keyof Sources, PackedSource>;

/** Packs a run's artifacts. */
export function packSources({ task, baseline, candidate }: Sources): PackedSources {
  return {
    task: packArtifact(task),
    baseline: packArtifact(baseline),
    candidate: packArtifact(candidate),
  };
}

/** Packs one artifact. */
export function packArtifact(artifact: Artifact): PackedSource {
  if (artifact.kind !== "javascript") return packWasm(artifact);
  const { code, sourceMap } = artifact;
  return { code: pack(code), ...(sourceMap === undefined ? {} : { sourceMap: pack(sourceMap) }) };
}

function packWasm({ bytes, grants }: WasmArtifact): PackedSource {
  if (grants === undefined) return { wasm: pack(bytes) };
  const files = [...grants.files].map(([path, file]): [string, string] => [path, pack(file)]);
  return { wasm: pack(bytes), grants: { args: [...grants.args], files } };
}

/** What a report says of an artifact besides its source. */
interface Reference {
  name: string;
  sha256: string;
}

/**
 * Unpacks one artifact of a report.
 *
 * @param role What it is in the run, for the message.
 * @throws {CupelError} `bad-input` where it cannot be unpacked, or is not the code that its hash names.
 */
export function unpackArtifact(role: string, reference: Reference, packed: PackedSource): Artifact {
  return "wasm" in packed && typeof packed.wasm === "string"
    ? unpackWasm(role, reference, packed as PackedSource & { wasm: string })
    : unpackCode(role, reference, packed as PackedSource & { code: string });
}

function unpackCode(
  role: string,
  { name, sha256 }: Reference,
  packed: Extract<PackedSource, { code: string }>,
): JavaScriptArtifact {
  const code = unpackText(`sources.${role}.code`, packed.code);
  checkHash(role, "code", sha256, digest(code));
  const artifact: JavaScriptArtifact = { kind: "javascript", code, sha256, name };
  if (packed.sourceMap === undefined) return artifact;
  const field = `sources.${role}.sourceMap`;
  return {
    ...artifact,
    sourceMap: checkSourceMap(field, unpackText(field, packed.sourceMap), code.length),
  };
}

function unpackWasm(
  role: string,
  { name, sha256 }: Reference,
  { wasm, grants }: Extract<PackedSource, { wasm: string }>,
): WasmArtifact {
  const bytes = unpack(`sources.${role}.wasm`, wasm);
  const artifact = wasmArtifact(bytes, name, grants && unpackGrants(role, grants));
  checkHash(role, "wasm", sha256, artifact.sha256);
  return artifact;
}

type PackedGrants = NonNullable<Extract<PackedSource, { wasm: string }>["grants"]>;

function unpackGrants(role: string, { args, files }: PackedGrants): Grants {
  const unpacked = new Map<string, Uint8Array<ArrayBuffer>>();
  let left = 64 * 1024 * 1024;
  const inTheWay = fileInFile(files.map(([path]) => path));
  if (inTheWay !== undefined) {
    throw new CupelError(
      "bad-input",
      `Cannot use the report's sources.${role}.grants as ${inTheWay}`,
    );
  }
  for (const [path, file] of files) {
    const bytes = unpack(`sources.${role}.grants.files`, file, left);
    left -= bytes.length;
    unpacked.set(path, bytes);
  }
  return { args, files: unpacked };
}

function checkHash(role: string, field: string, wanted: string, found: string): void {
  if (found === wanted) return;
  throw new CupelError(
    "bad-input",
    `Cannot use the report's sources.${role}.${field} as its SHA-256 must be ` +
      `run.artifacts.${role}.sha256 (${wanted}): current value is ${found}`,
  );
}
