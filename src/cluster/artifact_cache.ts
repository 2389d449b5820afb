import { randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { digest } from "../evaluate/digest.ts";

/** What is kept by a node's disk, so that a run's artifacts are fetched once and not once a start. */
export interface ArtifactCache {
  /** The text of an object of a tenant's store; nothing where it is not kept. */
  get(tenant: string, object: string): Promise<string | undefined>;
  /** Keeps an object's text. */
  put(tenant: string, object: string, text: string): Promise<void>;
}

/** Names of objects: the SHA-256 of what they hold. */
const OBJECT = /^[0-9a-f]{64}$/;

/**
 * Keeps artifacts in a folder, up to a number of bytes; those that were used longest ago go first. Several
 * nodes may share the folder. What is read is checked by its hash: a file that was changed is as if it were
 * not there. A disk that is full, or a folder that may not be written, costs a fetch each time and no more.
 */
export class DiskArtifactCache implements ArtifactCache {
  readonly #folder: string;
  readonly #mostBytes: number;

  /** @param folder Where; made when it is first needed. */
  constructor(folder: string, mostBytes: number) {
    this.#folder = folder;
    this.#mostBytes = mostBytes;
  }

  async get(tenant: string, object: string): Promise<string | undefined> {
    if (!OBJECT.test(object)) return undefined;
    const path = this.#pathOf(tenant, object);
    try {
      const text = await readFile(path, "utf8");
      if (digest(text) !== object) {
        await rm(path, { force: true });
        return undefined;
      }
      const now = new Date();
      await utimes(path, now, now);
      return text;
    } catch {
      return undefined; // It is fetched instead.
    }
  }

  async put(tenant: string, object: string, text: string): Promise<void> {
    if (!OBJECT.test(object) || text.length > this.#mostBytes) return;
    const path = this.#pathOf(tenant, object);
    const unfinished = `${path}.${randomBytes(8).toString("hex")}`;
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      // Whoever reads it finds all of it or nothing.
      await writeFile(unfinished, text, { mode: 0o600 });
      await rename(unfinished, path);
      await this.#makeRoom();
    } catch {
      await rm(unfinished, { force: true }).catch(() => {});
    }
  }

  /** By tenant: who knows another's hashes must not have its files by them. */
  #pathOf(tenant: string, object: string): string {
    return join(this.#folder, `${object}.${tenant}`);
  }

  async #makeRoom(): Promise<void> {
    const names = await readdir(this.#folder);
    const files = (await Promise.all(names.map((name) => this.#describe(name)))).flatMap((file) =>
      file ?? []
    );
    files.sort((one, other) => other.usedAt - one.usedAt);
    let bytes = 0;
    for (const { name, size } of files) {
      bytes += size;
      if (bytes > this.#mostBytes) await rm(join(this.#folder, name), { force: true });
    }
  }

  /** Another node may have taken it away in between. */
  async #describe(name: string) {
    if (!OBJECT.test(name.slice(0, 64))) return undefined;
    try {
      const { size, mtimeMs: usedAt } = await stat(join(this.#folder, name));
      return { name, size, usedAt };
    } catch {
      return undefined;
    }
  }
}
