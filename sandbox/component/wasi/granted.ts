import { WASI_VERSION } from "./interface.ts";

/** An interface that every component may import, for people who read about it. */
export interface GrantedInterface {
  /** Without version: `wasi:cli/stdout`. */
  name: string;
  version: string;
  /** What it gives a component, in a line. */
  gives: string;
}

/** The interfaces of WASI 0.2 that every component may import, whatever version of 0.2 it was built for. */
export const GRANTED_INTERFACES: readonly GrantedInterface[] = [
  ["wasi:cli/environment", "the arguments of the call; no variables, no working directory"],
  ["wasi:cli/exit", "ends the call"],
  ["wasi:cli/stdin", "the input of the call"],
  ["wasi:cli/stdout", "captured as output"],
  ["wasi:cli/stderr", "captured as output of level error"],
  ["wasi:cli/terminal-input", "nothing: no stream is a terminal"],
  ["wasi:cli/terminal-output", "nothing: no stream is a terminal"],
  ["wasi:cli/terminal-stdin", "says that standard input is no terminal"],
  ["wasi:cli/terminal-stdout", "says that standard output is no terminal"],
  ["wasi:cli/terminal-stderr", "says that standard error is no terminal"],
  ["wasi:clocks/monotonic-clock", "virtual time, which the component's own work moves"],
  ["wasi:clocks/wall-clock", "virtual time as a date, from 2025-01-01T00:00:00Z on"],
  ["wasi:filesystem/preopens", "says that there is no directory"],
  ["wasi:filesystem/types", "nothing: declared for toolchains that import it unused"],
  ["wasi:io/error", "nothing: no stream fails"],
  ["wasi:io/poll", "waiting, which moves virtual time and takes none"],
  ["wasi:io/streams", "reading and writing the three standard streams"],
  ["wasi:random/insecure", "the same as wasi:random/random"],
  ["wasi:random/insecure-seed", "the same two numbers in every call"],
  ["wasi:random/random", "bytes that depend on the seed of the call alone"],
].map(([name = "", gives = ""]) => ({ name, version: WASI_VERSION, gives }));
