import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A folder in the system's temporary place that is gone when its test is over. */
export interface Folder extends Disposable {
  path: string;
}

/** Makes a folder with the given files: relative path to content. */
export function folderWith(files: Record<string, string>): Folder {
  const path = realpathSync(mkdtempSync(join(tmpdir(), "cupel-bundle-")));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), content);
  }
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}
