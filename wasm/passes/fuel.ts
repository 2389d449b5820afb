import type { BodyContext, Pass } from "../body.ts";
import type { Instruction } from "../decode.ts";
import type { Edit } from "../edits.ts";
import type { Writer } from "../writer.ts";
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

/** A stretch that costs more than this, with what it calls, is checked wherever it stands. */
const UNCHECKED_STRETCH = 100_000;

/** The instructions that end a stretch, open a block or call. */
const CONCERNED = perOpcode((name) =>
  OPENERS.has(name) || BOUNDARIES.has(name) || SPECIAL.has(name)
);

/** Shared by all stretches without calls. */
const NONE: number[] = [];

interface Segment {
  cost: number;
  /** Functions that the stretch calls directly: it pays for entering them. */
  callees: number[];
  /** Where it is charged. */
  edit: Edit | undefined;
  /** What a loop's turn or a function's entry costs by itself. */
  floor: number;
  place: "entry" | "turn" | "inner";
}

/**
 * Charges fuel: each stretch of straight-line code pays for itself where it starts.
 *
 * A function's first stretch is paid by its callers, along with the call, unless fuel is checked there.
 * Every loop of any kind passes a loop header or such a function, so checking there is enough to stop all
 * code; between two checks the overshoot is bounded by the size of the module's code.
 */
export class FuelPass implements Pass {
  readonly #context: BodyContext;
  /** Names of the blocks that are open. */
  readonly #blocks: string[] = [];
  readonly #entry: Segment;
  /** Cost of all stretches together, without what is called. */
  #total = 0;
  #segment: Segment;

  constructor(context: BodyContext) {
    this.#context = context;
    this.#entry = this.#open(context.codeStart, context.costs.entry, "entry");
    this.#segment = this.#entry;
  }

  /** All instructions have a weight, if it may be 0. */
  static readonly concerns = perOpcode(() => true);

  instruction({ name, info, end, first }: Instruction): void {
    const { costs, additions } = this.#context;
    const weight = costs.weights[info.id] ?? 1;
    this.#segment.cost += weight;
    this.#total += weight;
    if (!CONCERNED[info.id]) return;
    if (name === "call") {
      if (first < additions.module.importedFunctions) this.#segment.cost += costs.hostCall;
      const { callees } = this.#segment;
      if (callees === NONE) this.#segment.callees = [first];
      else callees.push(first);
    }
    const ends = this.#endsSegment(name);
    if (ends || name === "loop") this.#close(this.#segment);
    if (name === "loop") this.#segment = this.#open(end, costs.turn, "turn");
    else if (ends) this.#segment = this.#open(end, 0, "inner");
  }

  /** The cost of the function's first stretch, without what it pays for calls, and those calls. */
  get entry(): { cost: number; callees: readonly number[] } {
    return { cost: this.#entry.floor + this.#entry.cost, callees: this.#entry.callees };
  }

  /** Cost of running every stretch of the function once, without what it calls. */
  get total(): number {
    return this.#total + this.#context.costs.entry;
  }

  /** Where a loop ends, control only falls through: the stretch goes on. */
  #endsSegment(name: string): boolean {
    if (OPENERS.has(name)) this.#blocks.push(name);
    if (name === "end" || name === "delegate") return this.#blocks.pop() !== "loop";
    return BOUNDARIES.has(name);
  }

  #open(at: number, floor: number, place: Segment["place"]): Segment {
    const segment: Segment = { cost: 0, callees: NONE, floor, place, edit: undefined };
    segment.edit = this.#context.edits.insert(at, (into) => this.#charge(segment, into));
    return segment;
  }

  /** A stretch that is certain not to be charged is forgotten: there are many of them. */
  #close({ cost, callees, place, edit }: Segment): void {
    if (place !== "inner" || callees !== NONE || edit === undefined) return;
    if (!this.#isCharged(Math.round(cost))) this.#context.edits.retract(edit);
  }

  #isCharged(units: number): boolean {
    return units !== 0 && units >= this.#context.costs.threshold;
  }

  #charge({ cost, callees, floor, place }: Segment, into: Writer): void {
    const { additions, plan, unlikely } = this.#context;
    if (place === "entry" && !plan.checksFuel) return;
    const entering = callees.reduce((sum, callee) => sum + plan.entryFuel(callee), 0);
    const units = Math.round(floor + cost + entering);
    if (place === "inner" && !this.#isCharged(units)) return;
    into.raw(additions.chargeCode(units));
    if (place === "inner" && units < UNCHECKED_STRETCH) return;
    const { bytes, branch } = additions.check;
    unlikely.push(into.length + branch);
    into.raw(bytes);
  }
}
