import { EMPTY_BLOCK, i32Const, i64Const, OP, withIndex } from "../assemble.ts";
import { type Additions, STOP } from "../additions.ts";
import type { BodyContext, Pass } from "../body.ts";
import type { Instruction } from "../decode.ts";
import { perOpcode } from "../opcodes.ts";

const SPECIAL = new Set(["end", "delegate", "call"]);
const OPENERS = new Set(["block", "loop", "if", "try", "try_table"]);

const BOUNDARIES = new Set([
  "if",
  "else",
  "br",
  "br_if",
  "br_table",
  "return",
  "unreachable",
  "throw",
  "throw_ref",
  "rethrow",
  "catch",
  "catch_all",
  "return_call",
  "return_call_indirect",
]);

/** The instructions that end a stretch, open a block or call. */
const CONCERNED = perOpcode((name) =>
  OPENERS.has(name) || BOUNDARIES.has(name) || SPECIAL.has(name)
);

interface Segment {
  cost: number;
  /** Least cost that is charged; a segment that costs less than the threshold is not charged. */
  floor: number;
  /** Whether running out is checked here: at function entries and loop headers. */
  checked: boolean;
}

/**
 * Charges fuel: each stretch of straight-line code pays for itself where it starts.
 *
 * Every loop of any kind passes a loop header or a function entry, so checking there is enough to stop
 * all code; between two checks the overshoot is bounded by the size of the function.
 */
export class FuelPass implements Pass {
  readonly #context: BodyContext;
  /** Names of the blocks that are open. */
  readonly #blocks: string[] = [];
  #segment: Segment;

  constructor(context: BodyContext) {
    this.#context = context;
    this.#segment = this.#open(context.codeStart, context.costs.entry, true);
  }

  instruction({ name, opcode, info, end, first }: Instruction): void {
    const { costs, additions } = this.#context;
    this.#segment.cost += costs.weights[info.id] ?? 1;
    if (!CONCERNED[info.id]) return;
    if (opcode === OP.call && first < additions.module.importedFunctions) {
      this.#segment.cost += costs.hostCall;
    }
    const ends = this.#endsSegment(name);
    if (name === "loop") this.#segment = this.#open(end, costs.turn, true);
    else if (ends) this.#segment = this.#open(end, 0, false);
  }

  /** Where a loop ends, control only falls through: the stretch goes on. */
  #endsSegment(name: string): boolean {
    if (OPENERS.has(name)) this.#blocks.push(name);
    if (name === "end" || name === "delegate") return this.#blocks.pop() !== "loop";
    return BOUNDARIES.has(name);
  }

  #open(at: number, floor: number, checked: boolean): Segment {
    const segment: Segment = { cost: 0, floor, checked };
    this.#context.edits.insert(at, () => this.#charge(segment));
    return segment;
  }

  #charge({ cost, floor, checked }: Segment): readonly number[] {
    const { additions, costs } = this.#context;
    if (!checked && cost < costs.threshold) return [];
    const units = Math.max(cost, floor);
    return checked
      ? chargeAndCheck(additions, i64Const(units))
      : charge(additions, i64Const(units));
  }
}

/** Code that takes an i64 amount, given by `amount`, off the fuel. */
export function charge({ fuel }: Additions, amount: readonly number[]): number[] {
  return [...withIndex(OP.globalGet, fuel), ...amount, OP.i64Sub, ...withIndex(OP.globalSet, fuel)];
}

/** Code that takes an amount off the fuel and ends the run when it is spent. */
export function chargeAndCheck(additions: Additions, amount: readonly number[]): number[] {
  return [
    ...charge(additions, amount),
    ...withIndex(OP.globalGet, additions.fuel),
    ...i64Const(0),
    ...[OP.i64LtS, OP.if, EMPTY_BLOCK],
    ...i32Const(STOP.fuel),
    ...withIndex(OP.call, additions.halt),
    ...[OP.unreachable, OP.end],
  ];
}
