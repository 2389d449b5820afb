import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";

/** Keeps what tests have commands write out of the user's own folders. Gives what takes it away again. */
export default async function setUp(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "cupel-user-"));
  process.env["XDG_CACHE_HOME"] = folder;
  return () => rm(folder, { recursive: true, force: true });
}
