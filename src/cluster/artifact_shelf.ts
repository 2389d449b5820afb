import type { Artifact } from "../../sandbox/artifact.ts";
import type { RunSpec } from "../evaluate/run_spec.ts";
import type { ArtifactCache } from "./artifact_cache.ts";
import { fetchArtifact } from "./artifact_store.ts";
import type { ArtifactReference, RunManifest } from "./messages.ts";
import type { Tenant } from "./tenant.ts";

/** Most artifacts that are kept. */
const MOST_KEPT = 16;

/** Most characters or bytes of an artifact that is kept: large ones are fetched anew. */
const LARGE = 4 * 1024 * 1024;

/** Artifacts that a node fetched, the last ones: another run has often the same task and baseline. */
export class ArtifactShelf {
  readonly #kept = new Map<string, Artifact>();
  readonly #cache: ArtifactCache | undefined;

  /** @param cache Looked at for what is not kept here. */
  constructor(cache?: ArtifactCache) {
    this.#cache = cache;
  }

  /**
   * The run of a manifest, its artifacts fetched where they are not at hand.
   *
   * @throws as {@linkcode fetchArtifact}.
   */
  async specOf(
    { names: { tenant }, artifacts: store }: Tenant,
    manifest: RunManifest,
  ): Promise<RunSpec> {
    const { artifacts, n, seed, limits, repetitions } = manifest;
    const source = { store, tenant, cache: this.#cache };
    const get = (role: string, reference: ArtifactReference) =>
      // By tenant: who knows another's hashes must not have its files by them.
      this.#get(JSON.stringify([tenant, reference]), () => fetchArtifact(source, role, reference));
    const [task, baseline, candidate] = await Promise.all([
      get("task", artifacts.task),
      get("baseline", artifacts.baseline),
      get("candidate", artifacts.candidate),
    ]);
    return { task, baseline, candidate, n, seed, limits, repetitions };
  }

  async #get(key: string, fetch: () => Promise<Artifact>): Promise<Artifact> {
    const artifact = this.#kept.get(key) ?? await fetch();
    this.#kept.delete(key);
    if (sizeOf(artifact) <= LARGE) this.#kept.set(key, artifact); // The one used last goes last.
    for (const oldest of [...this.#kept.keys()].slice(0, -MOST_KEPT)) this.#kept.delete(oldest);
    return artifact;
  }
}

/** As much as it takes in memory, about. */
function sizeOf(artifact: Artifact): number {
  if (artifact.kind === "javascript") {
    return artifact.code.length + (artifact.sourceMap?.length ?? 0);
  }
  const files = [...artifact.grants?.files.values() ?? []];
  return files.reduce((sum, file) => sum + file.length, artifact.bytes.length);
}
