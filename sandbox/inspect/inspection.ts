/** What can be said of a WebAssembly file without running it: plain data. */
export interface Inspection {
  kind: "component" | "wasi command" | "wasi reactor" | "core module";
  bytes: number;
  /** Whether all of it could be looked at: else it uses what is refused, and no more is known of it. */
  isRead: boolean;
  imports: ImportFact[];
  exports: ExportFact[];
  /** How many further ones there are: only so many are listed. */
  omitted: { imports: number; exports: number };
  memories: MemoryFact[];
  /** Number of core modules: 1 for a core module itself. */
  coreModules: number;
  /** What a manifest grants to it; null where there is none. */
  grants: GrantFacts | null;
  /** Why it cannot be loaded, one sentence each; empty where it can. */
  refusals: string[];
  /** What may be missing, or what helps against the refusals: a clause; null where nothing is. */
  hint: string | null;
}

/** Most imports, and most exports, that are listed. */
export const MOST_FACTS = 10_000;

/** What a manifest grants. */
export interface GrantFacts {
  /** Arguments behind the name of the function that is called. */
  args: string[];
  /** Files that it can read, by their paths. */
  files: { path: string; bytes: number }[];
}

/** An import: an interface or a function of a component, or an import of a core module. */
export interface ImportFact {
  name: string;
  /** Whether Cupel grants it. */
  granted: boolean;
  /** What it gives, or is. */
  what: string;
}

/** An export. */
export interface ExportFact {
  name: string;
  /** Its type, in WIT for a component and in the text format for a core module. */
  type: string;
  /** What `cupel run --call` and a task's `entry` may call it; null for what cannot be called. */
  call: string | null;
}

/** A memory of a core module. */
export interface MemoryFact {
  /** Number of the core module. */
  module: number;
  /** Bytes at the start. */
  minimum: number;
  /** Greatest size in bytes by its own account; null where it has none. */
  maximum: number | null;
}
