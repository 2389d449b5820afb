/** User code made self-contained, and named by a SHA-256. */
export type Artifact = JavaScriptArtifact | WasmArtifact;

/** One ES module, named by the SHA-256 of its code. */
export interface JavaScriptArtifact {
  kind: "javascript";
  /** One ES module without imports. */
  code: string;
  /** Lower-case hexadecimal SHA-256 of `code` in UTF-8. */
  sha256: string;
  /** What stack traces call the code: the entry file's base name. */
  name: string;
  /** Source map (version 3, JSON) from `code` to the user's files. */
  sourceMap?: string;
}

/** A WebAssembly file. */
export interface WasmArtifact {
  /** A component, or a core module: of WASI preview 1, or one that stands alone. */
  kind: "component" | "module";
  bytes: Uint8Array<ArrayBuffer>;
  /** Lower-case hexadecimal SHA-256 of the bytes, and of what is granted to it. */
  sha256: string;
  /** The file's base name. */
  name: string;
  /** What a manifest grants. */
  grants?: Grants;
}

/** What a manifest grants to a module of WASI preview 1. */
export interface Grants {
  /** Command-line arguments behind the name of the function that is called. */
  args: readonly string[];
  /** Files that it can read, by their paths, which start with `/`. */
  files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
}
