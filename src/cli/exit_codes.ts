import type { Verdict } from "../gate/verdict.ts";

/** How `cupel evaluate` ends, by verdict. */
export const VERDICT_EXIT: Readonly<Record<Verdict, number>> = {
  adopt: 0,
  reject: 1,
  inconclusive: 2,
  error: 3,
};

/** All is well. */
export const EXIT_OK = 0;

/** `cupel run`: the guest failed. */
export const EXIT_GUEST_FAILURE = 1;

/** `cupel inspect`: something in the file is refused. */
export const EXIT_REFUSED = 1;

/** `cupel check-task`: the score is below what was asked for. */
export const EXIT_BELOW_LEAST = 1;

/** Something the user gave is wrong. */
export const EXIT_BAD_INPUT = 3;

/** Cupel itself is at fault; `EX_SOFTWARE` of BSD's sysexits(3). */
export const EXIT_INTERNAL = 70;

/** The output could not be written; `EX_IOERR` of BSD's sysexits(3). */
export const EXIT_OUTPUT = 74;

/** How a program ended by a signal exits: 128 and the signal's number. */
export const SIGNAL_EXIT = { SIGINT: 130, SIGTERM: 143 } as const;
