import type { Additions } from "./additions.ts";
import type { CallSites } from "./call_graph.ts";
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
  /** Declared locals, parameters not counted: runs of a number and a value type. */
  localTypes: readonly [count: number, type: number][];
  scratch: ScratchLocals;
  /**
   * Where the new code has branches that are hardly ever taken: positions of the `if`, from the start of
   * the code. Collected while the body is written.
   */
  unlikely: number[];
  /** Collected by the first walk. */
  sites: CallSites;
  /** Known once all bodies have been walked; edits that need it are made lazily. */
  plan: FunctionPlan;
}

/** What the call graph decides for one function. */
export interface FunctionPlan {
  /** Whether the depth of calls is counted where this function is entered. */
  isCheckpoint: boolean;
  /** Whether fuel is charged and checked where it is entered; else its callers pay for its first stretch. */
  checksFuel: boolean;
  /** Bytes of stack that a checkpoint is charged. */
  stackBytes: number;
  /** Fuel that a direct call of a function costs its caller: what is not charged at the entry itself. */
  entryFuel: (callee: number) => number;
}

/**
 * One concern of the rewriting. Passes see instructions in order and make edits in order; each class says
 * in a static table `concerns` which instructions it wants to see.
 */
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
