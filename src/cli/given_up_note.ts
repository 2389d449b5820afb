import type { ControllerEvent, Observer } from "../cluster/events.ts";
import { escapeLine } from "../report/escape.ts";
import type { OutputStream } from "../runtime/mod.ts";
import { shellWord } from "./shell_word.ts";

/**
 * Counts the cases whose batches a cluster's nodes gave up. The report cannot say where these are kept: it is
 * the same wherever its cases ran.
 */
export class GivenUpNote {
  #cases = 0;

  /** Hears what a controller does, for whoever else hears it. */
  observer(next: Observer<ControllerEvent> = () => {}): Observer<ControllerEvent> {
    return (event) => {
      if (event.kind === "given-up") this.#cases += event.cases;
      next(event);
    };
  }

  /** Says where to look, where a batch of a run was given up. */
  tell(stderr: OutputStream, runName: string): void {
    if (this.#cases === 0) return;
    const cases = this.#cases === 1 ? "1 case" : `${this.#cases} cases`;
    const line = `${cases} could not be judged, given up by the nodes: see cupel dlq ` +
      `list --run ${shellWord(runName)}, with --nats and its options as they are here`;
    stderr.write(`${escapeLine(line)}\n`);
  }
}
