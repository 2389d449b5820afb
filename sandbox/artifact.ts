/** User code made self-contained: one ES module, named by the SHA-256 of its code. */
export interface Artifact {
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
