import type { WasiContext } from "./context.ts";
import { GuestExit, GuestFault } from "./endings.ts";
import { fail } from "./errno.ts";
import type { WasiFunctions } from "./signatures.ts";

/** Names of the signals, by their numbers from 1 on. */
const SIGNALS = `
  hup int quit ill trap abrt bus fpe kill usr1 segv usr2 pipe alrm term chld cont stop tstp ttin ttou urg xcpu
  xfsz vtalrm prof winch poll pwr sys
`.trim().split(/\s+/);

/** Ending the run, and yielding to nobody. */
export function processFunctions({ host }: WasiContext): WasiFunctions {
  return {
    proc_exit: (code: number) => host.abort(new GuestExit(code)),
    proc_raise: (signal: number) => {
      if (signal === 0) return;
      const name = SIGNALS[signal - 1] ?? fail("inval");
      host.abort(new GuestFault("crash", `raised the signal SIG${name.toUpperCase()}`));
    },
    sched_yield: () => {},
  };
}
