import type { FailureKind } from "../../outcome.ts";

/** The guest ended its run by `proc_exit`. */
export class GuestExit extends Error {
  override readonly name = "GuestExit";
  /** 0 means that all went well. */
  readonly code: number;

  constructor(code: number) {
    super(`exited with code ${code}`);
    this.code = code;
  }
}

/** The guest gave up, as its message says. */
export class GuestFault extends Error {
  override readonly name = "GuestFault";
  readonly kind: FailureKind;

  constructor(kind: "exception" | "crash", message: string) {
    super(message);
    this.kind = kind;
  }
}
