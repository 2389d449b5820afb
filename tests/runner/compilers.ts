import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { installPackages, mayInstall, programs } from "./debian.ts";

/** The compilers that examples and kernels in C and Rust are built with: where they are. */
export interface Compilers {
  clang: string;
  rustc: string;
}

/** Compilers, or why there are not all of them. */
export type FoundCompilers = { found: true; compilers: Compilers } | {
  found: false;
  reason: string;
};

/** Debian's packages of them. */
const PACKAGES = [
  ...["clang", "lld", "wasi-libc", "libclang-rt-dev-wasm32"],
  ...["rustc", "libstd-rust-dev-wasm32"],
];
const INSTALL = `apt-get install ${PACKAGES.join(" ")}`;
/** The libc of WASI, where Debian puts it: docs/guests.md builds with it. */
const WASI_LIBC = "/usr/lib/wasm32-wasi/libc.a";
const TARGET = "wasm32-unknown-unknown";

/** Test files that use the compilers, by the start of their path. */
const USERS = ["tests/compilers/", "tests/docs/"];

/** Whether one of some test files uses the compilers. */
export function needsCompilers(files: readonly string[]): boolean {
  return files.some((path) => USERS.some((start) => path.startsWith(start)));
}

/** Looks for the compilers. */
export function findCompilers(): FoundCompilers {
  const [clang] = programs("clang");
  const [linker] = programs("wasm-ld");
  const hasLibc = existsSync(WASI_LIBC);
  // Of several, as rustup's often lacks the target that Debian's has.
  const rustc = programs("rustc").find(hasTarget);
  if (clang !== undefined && linker !== undefined && hasLibc && rustc !== undefined) {
    return { found: true, compilers: { clang, rustc } };
  }
  const missing = [
    ...(clang === undefined ? ["clang"] : []),
    ...(linker === undefined ? ["wasm-ld"] : []),
    ...(hasLibc ? [] : [WASI_LIBC]),
    ...(rustc === undefined ? [`a rustc with the target ${TARGET}`] : []),
  ];
  return {
    found: false,
    reason: `${missing.join(", ")} not found; on Debian they come with: ${INSTALL}`,
  };
}

/**
 * Looks for the compilers and, where they are missing and this is root on a Debian, installs them.
 *
 * @returns A line about what was done or is missing; none where all was there.
 */
export function ensureCompilers(): string | undefined {
  const before = findCompilers();
  if (before.found) return undefined;
  if (!mayInstall()) return `Compilers: ${before.reason}`;
  const start = Date.now();
  const error = installPackages(PACKAGES);
  const after = findCompilers();
  const seconds = ((Date.now() - start) / 1000).toFixed(0);
  if (after.found) return `Compilers: installed in ${seconds} s (${INSTALL})`;
  return `Compilers: ${after.reason} (which failed here: ${error ?? "it changed nothing"})`;
}

function hasTarget(rustc: string): boolean {
  const { status, stdout } = spawnSync(
    rustc,
    ["--print", "target-libdir", "--target", TARGET],
    { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] },
  );
  return status === 0 && existsSync(stdout.trim());
}
