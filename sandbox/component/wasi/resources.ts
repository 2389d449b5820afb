import type { ResourceType } from "../types.ts";

/** `wasi:io/error`'s `error`: there is never one. */
export const ERROR: ResourceType = Object.freeze({ name: "error" });

/** `wasi:io/poll`'s `pollable`; its representation is a {@linkcode Pollable}. */
export const POLLABLE: ResourceType = Object.freeze({ name: "pollable" });

/** `wasi:io/streams`' `input-stream`; its only representation is {@linkcode STDIN}. */
export const INPUT_STREAM: ResourceType = Object.freeze({ name: "input-stream" });

/** `wasi:io/streams`' `output-stream`; its representation is {@linkcode STDOUT} or {@linkcode STDERR}. */
export const OUTPUT_STREAM: ResourceType = Object.freeze({ name: "output-stream" });

/** `wasi:cli/terminal-input`'s `terminal-input`: there is never one. */
export const TERMINAL_INPUT: ResourceType = Object.freeze({ name: "terminal-input" });

/** `wasi:cli/terminal-output`'s `terminal-output`: there is never one. */
export const TERMINAL_OUTPUT: ResourceType = Object.freeze({ name: "terminal-output" });

/** `wasi:filesystem/types`' `descriptor`: there is never one. */
export const DESCRIPTOR: ResourceType = Object.freeze({ name: "descriptor" });

/** `wasi:filesystem/types`' `directory-entry-stream`: there is never one. */
export const DIRECTORY_ENTRY_STREAM: ResourceType = Object.freeze({
  name: "directory-entry-stream",
});

/** What a component can wait for: a time. Streams are always ready. */
export class Pollable {
  /** Nanoseconds of the monotonic clock. */
  readonly readyAt: bigint;

  constructor(readyAt: bigint) {
    this.readyAt = readyAt;
    Object.freeze(this);
  }
}

/** Ready at any time. */
export const ALWAYS = new Pollable(0n);

/** Standard input. How much of it was read is the world's to know. */
export const STDIN = Object.freeze({ stream: "stdin" });

/** Standard output. */
export const STDOUT = Object.freeze({ stream: "stdout" });

/** Standard error. */
export const STDERR = Object.freeze({ stream: "stderr" });
