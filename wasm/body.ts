import type { Additions } from "./additions.ts";
import type { CostModel } from "./cost.ts";
import type { Instruction } from "./decode.ts";
import type { EditList } from "./edits.ts";
import type { Operands } from "./operands.ts";
import type { FunctionType } from "./types.ts";

/** What the passes over one function body share. */
export interface BodyContext {
  additions: Additions;
  costs: CostModel;
  edits: EditList;
  /** State before the instruction that a pass is shown. */
  operands: Operands;
  type: FunctionType;
  /** First byte of the code, behind the local declarations. */
  codeStart: number;
  /** Value types of the declared locals, runs of equal ones, and their number (parameters not counted). */
  localCount: number;
  scratch: ScratchLocals;
}

/** One concern of the rewriting. Passes see each instruction in order and make edits in order. */
export interface Pass {
  instruction(instruction: Instruction): void;
  /** Called once, behind the function's last `end`. */
  finish?(): void;
}

/** Locals that the rewriting adds to a function, at most one for each purpose. */
export class ScratchLocals {
  readonly #first: number;
  readonly types: number[] = [];
  readonly #byPurpose = new Map<string, number>();

  /** @param first Index of the first local behind the function's own. */
  constructor(first: number) {
    this.#first = first;
  }

  /** Index of the local for a purpose. */
  local(purpose: string, type: number): number {
    const key = `${purpose}:${type}`;
    const known = this.#byPurpose.get(key);
    if (known !== undefined) return known;
    const index = this.#first + this.types.push(type) - 1;
    this.#byPurpose.set(key, index);
    return index;
  }
}
