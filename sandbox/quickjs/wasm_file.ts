import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { ENGINE_FILE } from "./abi.ts";

/** Reads the engine's bytes. For the main thread: workers without permissions are sent the result. */
export async function readEngine(): Promise<Uint8Array<ArrayBuffer>> {
  const path = createRequire(import.meta.url).resolve(ENGINE_FILE);
  return new Uint8Array(await readFile(path));
}
