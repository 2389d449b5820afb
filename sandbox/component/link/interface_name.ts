/** A name as `wasi:io/streams@0.2.3`, taken apart. */
export interface InterfaceName {
  /** Without version. */
  name: string;
  version: string | null;
}

/** Takes the version off an interface's name. */
export function parseInterfaceName(text: string): InterfaceName {
  const at = text.indexOf("@");
  if (at < 0) return { name: text, version: null };
  return { name: text.slice(0, at), version: text.slice(at + 1) };
}

const VERSION = /^(\d+)\.(\d+)\.(\d+)(-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/;

/**
 * Whether semver finds two versions compatible: the same major version, before 1.0 the same minor version,
 * before 0.1 the same version. Versions before a release are compatible with themselves only.
 */
export function areCompatible(one: string | null, other: string | null): boolean {
  if (one === other) return true;
  const [, major, minor, patch, before] = VERSION.exec(one ?? "") ?? [];
  const [, otherMajor, otherMinor, otherPatch, otherBefore] = VERSION.exec(other ?? "") ?? [];
  if (major === undefined || major !== otherMajor) return false;
  if (before !== undefined || otherBefore !== undefined) {
    return before === otherBefore && minor === otherMinor && patch === otherPatch;
  }
  if (major !== "0") return true;
  return minor === otherMinor && (minor !== "0" || patch === otherPatch);
}
