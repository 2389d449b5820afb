import { fail } from "./errno.ts";
import type { Directory, FileNode } from "./file_tree.ts";
import { ALL_RIGHTS, DIRECTORY_RIGHTS, INPUT_RIGHTS, OUTPUT_RIGHTS } from "./rights.ts";

/** One of the standard streams. */
export interface Stream {
  readonly kind: "stdin" | "stdout" | "stderr";
}

/** What a number of the guest stands for. It is never changed but replaced. */
export interface Descriptor {
  readonly target: Stream | FileNode;
  /** Where the next read begins. */
  readonly offset: bigint;
  readonly flags: number;
  /** What may be done with it, as bits. */
  readonly rights: number;
  /** What may be done with what is opened through it. */
  readonly inheriting: number;
  /** What the guest finds it as; undefined for what the guest opened itself. */
  readonly preopened?: string;
}

/** Most descriptors that are open at a time. */
export const MOST_DESCRIPTORS = 1000;

/** The guest's descriptors by their numbers. */
export class DescriptorTable {
  #slots: (Descriptor | undefined)[];
  #image: readonly (Descriptor | undefined)[];
  #hasChanged = false;

  /** @param root the directory that is open from the start; undefined for none. */
  constructor(root: Directory | undefined) {
    this.#slots = [
      stream("stdin", INPUT_RIGHTS),
      stream("stdout", OUTPUT_RIGHTS),
      stream("stderr", OUTPUT_RIGHTS),
    ];
    if (root !== undefined) {
      const rights = { rights: DIRECTORY_RIGHTS, inheriting: ALL_RIGHTS };
      this.#slots.push({ target: root, offset: 0n, flags: 0, ...rights, preopened: "/" });
    }
    this.#image = [...this.#slots];
  }

  /** What a number stands for; `EBADF` if nothing. */
  get(number: number): Descriptor {
    return this.#slots[number] ?? fail("badf");
  }

  /** What a number stands for; undefined if nothing. */
  find(number: number): Descriptor | undefined {
    return this.#slots[number];
  }

  /** Lets a number that is open stand for something else, or, changed, for the same. */
  set(number: number, descriptor: Descriptor): void {
    this.get(number);
    this.#slots[number] = descriptor;
    this.#hasChanged = true;
  }

  /** Gives the lowest free number to a descriptor; `ENFILE` if there is none. */
  open(descriptor: Descriptor): number {
    const free = this.#slots.indexOf(undefined);
    const number = free === -1 ? this.#slots.length : free;
    if (number >= MOST_DESCRIPTORS) fail("nfile");
    this.#slots[number] = descriptor;
    this.#hasChanged = true;
    return number;
  }

  /** Frees a number. */
  close(number: number): void {
    this.get(number);
    this.#slots[number] = undefined;
    this.#hasChanged = true;
  }

  /** Remembers the state to which {@linkcode reset} goes back. */
  capture(): void {
    this.#image = [...this.#slots];
    this.#hasChanged = false;
  }

  /** Goes back to the captured state. */
  reset(): void {
    if (!this.#hasChanged) return;
    this.#slots = [...this.#image];
    this.#hasChanged = false;
  }
}

function stream(kind: Stream["kind"], rights: number): Descriptor {
  return { target: { kind }, offset: 0n, flags: 0, rights, inheriting: 0 };
}

/** The file behind a descriptor; `ESPIPE` for a stream, `EISDIR` for a directory. */
export function fileOf({ target }: Descriptor): FileNode & { kind: "file" } {
  if (target.kind === "file") return target;
  return fail(target.kind === "directory" ? "isdir" : "spipe");
}

/** The directory behind a descriptor; `ENOTDIR` for anything else. */
export function directoryOf({ target }: Descriptor): Directory {
  return target.kind === "directory" ? target : fail("notdir");
}

/** Refuses a descriptor that lacks a right: `ENOTCAPABLE`. */
export function demand({ rights }: Descriptor, right: number): void {
  if ((rights & right) === 0) fail("notcapable");
}
