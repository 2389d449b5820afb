import { homedir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { type ArtifactCache, DiskArtifactCache } from "../../cluster/artifact_cache.ts";
import type { OptionSpec, OptionValues } from "../command.ts";
import { refuse } from "./refuse.ts";
import { parseSize } from "./size.ts";

const SIZE_FLAG = "--cache-size";
const DEFAULT_SIZE = "1GiB";

/** A pebibyte: more than any disk has. */
const MOST_GIB = 1024 * 1024;
const BYTES_OF_A_GIB = 1024 * 1024 * 1024;

/** Options of what keeps artifacts on this machine's disk. */
export const CACHE_OPTIONS: OptionSpec[] = [
  {
    flags: "--cache <folder>",
    description: "where files of runs are kept, so that each is fetched once; nodes may share it",
    defaultText: "cupel/artifacts in the user's cache folder",
  },
  {
    flags: `${SIZE_FLAG} <bytes>`,
    description: `most that is kept there, as 500MiB, up to ${MOST_GIB}GiB; 0 for nothing`,
    defaultText: DEFAULT_SIZE,
  },
];

/**
 * Parses {@linkcode CACHE_OPTIONS}. Nothing is made on the disk before there is something to keep.
 *
 * @returns Nothing where nothing is to be kept.
 * @throws {CupelError} `bad-input`, naming the option.
 */
export function parseCache({ cache, cacheSize }: OptionValues): ArtifactCache | undefined {
  const size = String(cacheSize ?? DEFAULT_SIZE);
  const mostBytes = parseSize(SIZE_FLAG, size);
  if (mostBytes > MOST_GIB * BYTES_OF_A_GIB) {
    throw refuse(SIZE_FLAG, `a size from 0 to ${MOST_GIB}GiB`, size);
  }
  if (cache === "") throw refuse("--cache", "the name of a folder", cache);
  if (mostBytes === 0) return undefined;
  return new DiskArtifactCache(cache === undefined ? defaultFolder() : String(cache), mostBytes);
}

/** As the XDG Base Directory Specification has it. */
function defaultFolder(): string {
  const { XDG_CACHE_HOME: given } = process.env;
  return join(given || join(homedir(), ".cache"), "cupel", "artifacts");
}
