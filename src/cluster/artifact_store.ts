import type { ObjectStore } from "@nats-io/obj";
import type { Artifact } from "../../sandbox/artifact.ts";
import { CupelError } from "../errors.ts";
import { digest } from "../evaluate/digest.ts";
import { packArtifact, packedSourceSchema, unpackArtifact } from "../report/sources.ts";
import type { ArtifactCache } from "./artifact_cache.ts";
import type { ArtifactReference } from "./messages.ts";
import { parseMessage } from "./parse_message.ts";

/** Most bytes of an artifact as it is stored. */
const MOST_BYTES = 192 * 1024 * 1024;

/** Names of objects that hold artifacts: to pack one takes longer than to ask whether it is there. */
const objectNames = new WeakMap<Artifact, string>();

/** Puts an artifact into the store, once: it is named by its bytes. */
export async function storeArtifact(
  store: ObjectStore,
  artifact: Artifact,
): Promise<ArtifactReference> {
  const packed = () => JSON.stringify(packArtifact(artifact));
  let text: string | undefined;
  let object = objectNames.get(artifact);
  if (object === undefined) {
    text = packed();
    object = digest(text);
    objectNames.set(artifact, object);
  }
  const known = await store.info(object);
  if (known === null || known.deleted) {
    await store.putBlob({ name: object }, new TextEncoder().encode(text ?? packed()));
  }
  return { name: artifact.name, sha256: artifact.sha256, object };
}

/** Where artifacts are to be had. */
export interface ArtifactSource {
  store: ObjectStore;
  /** Whose store it is. */
  tenant: string;
  /** Looked at first. */
  cache?: ArtifactCache | undefined;
}

/**
 * Gets an artifact from the store.
 *
 * @param role What it is in the run, for messages.
 * @throws {CupelError} `internal` where it is not there, or is not what its hashes say.
 */
export async function fetchArtifact(
  { store, tenant, cache }: ArtifactSource,
  role: string,
  reference: ArtifactReference,
): Promise<Artifact> {
  const { object } = reference;
  const kept = await cache?.get(tenant, object);
  const text = kept ?? await fetchText(store, role, object);
  if (kept === undefined) await cache?.put(tenant, object, text);
  const packed = parseMessage(packedSourceSchema, new TextEncoder().encode(text), `the ${role}`);
  return unpackArtifact(role, reference, packed);
}

async function fetchText(store: ObjectStore, role: string, object: string): Promise<string> {
  const info = await store.info(object);
  if (info === null || info.deleted) throw unusable(`the ${role} is not in the object store`);
  if (info.size > MOST_BYTES) throw unusable(`the ${role} has more than ${MOST_BYTES} bytes`);
  const bytes = await store.getBlob(object);
  if (bytes === null) throw unusable(`the ${role} is not in the object store`);
  const text = new TextDecoder().decode(bytes);
  if (digest(text) !== object) throw unusable(`the ${role} is not what its hash says`);
  return text;
}

function unusable(why: string): CupelError {
  return new CupelError("bad-input", `Cannot execute the run: ${why}: start the same again`);
}
