import type { Additions } from "./additions.ts";
import type { BodyContext, FunctionPlan, Pass } from "./body.ts";
import { ScratchLocals } from "./body.ts";
import { checkEdits } from "./bounds.ts";
import type { CostModel } from "./cost.ts";
import { type Instruction, newInstruction, readInstruction } from "./decode.ts";
import { EditList } from "./edits.ts";
import { malformed } from "./errors.ts";
import { checkInstruction } from "./indices.ts";
import { Operands } from "./operands.ts";
import { BulkPass } from "./passes/bulk.ts";
import { CallsPass } from "./passes/calls.ts";
import { DirtyPass } from "./passes/dirty.ts";
import { FuelPass } from "./passes/fuel.ts";
import { GlobalsPass } from "./passes/globals.ts";
import { NanPass } from "./passes/nan.ts";
import { StackPass } from "./passes/stack.ts";
import { Reader } from "./reader.ts";
import type { Body, FunctionType } from "./types.ts";
import { Writer } from "./writer.ts";

/** Most locals that a function may have: what engines allow. */
const MOST_LOCALS = 50_000;

interface Locals {
  groups: [count: number, type: number][];
  count: number;
  /** Where the groups stand, behind their number. */
  start: number;
  end: number;
}

/** Which parts of the rewriting are on; all are, but for measurements of what each costs. */
export interface Parts {
  fuel: boolean;
  stack: boolean;
  nan: boolean;
  dirty: boolean;
}

/** All parts of the rewriting. */
export const ALL_PARTS: Readonly<Parts> = { fuel: true, stack: true, nan: true, dirty: true };

/** A function body that has been walked and waits to be written. */
export interface WalkedBody {
  context: BodyContext;
  fuel: FuelPass | undefined;
  locals: Locals;
  body: Body;
}

/** The plan until the call graph is known. */
const UNPLANNED: FunctionPlan = {
  isCheckpoint: true,
  checksFuel: true,
  stackBytes: 0,
  entryFuel: () => 0,
};

/** Walks one function body and collects the edits; what they need of other functions comes later. */
export function walkBody(
  additions: Additions,
  costs: CostModel,
  type: FunctionType,
  body: Body,
  parts: Parts = ALL_PARTS,
): WalkedBody {
  const reader = new Reader(additions.module.bytes, body.start, body.end);
  const locals = readLocals(reader, type);
  const context: BodyContext = {
    additions,
    costs,
    edits: new EditList(),
    operands: new Operands(additions.module, type),
    type,
    codeStart: reader.position,
    localTypes: locals.groups,
    scratch: new ScratchLocals(type.params.length + locals.count),
    sites: { direct: new Map(), indirect: new Map(), frameBytes: 0 },
    unlikely: [],
    plan: UNPLANNED,
  };
  const fuel = parts.fuel ? new FuelPass(context) : undefined;
  walk(reader, context, type.params.length + locals.count, passes(context, parts, fuel));
  return { context, fuel, locals, body };
}

/** Writes walked bodies as entries of the code section. */
export class BodyWriter {
  readonly #code = new Writer(4096);
  readonly #body = new Writer(4096);

  /**
   * Writes one body, with its size in front. Its plan must be set.
   *
   * @returns Where branches stand that are hardly ever taken, in bytes from the start of the body.
   */
  write({ context, locals, body }: WalkedBody, into: Writer): number[] {
    const { bytes } = context.additions.module;
    context.edits.apply(bytes, context.codeStart, body.end, this.#code.clear());
    this.#body.clear()
      .u32(locals.groups.length + context.scratch.types.length)
      .range(bytes, locals.start, locals.end)
      .raw(context.scratch.types.flatMap((type) => [1, type]));
    const codeStart = this.#body.length;
    into.sized(this.#body.raw(this.#code.view()));
    return context.unlikely.map((position) => codeStart + position);
  }
}

function passes(context: BodyContext, parts: Parts, fuel: FuelPass | undefined): PassSet {
  const { dirtyMap } = context.additions;
  const set = new PassSet();
  if (parts.nan) set.add(new NanPass(context), NanPass.concerns);
  if (fuel) set.add(fuel, FuelPass.concerns);
  if (parts.stack) set.add(new StackPass(context), StackPass.concerns);
  set.add(new BulkPass(context), BulkPass.concerns);
  if (context.additions.growth) set.add(new GlobalsPass(context), GlobalsPass.concerns);
  if (parts.dirty && dirtyMap !== undefined) {
    set.add(new DirtyPass(context, dirtyMap), DirtyPass.concerns);
  }
  set.add(new CallsPass(context), CallsPass.concerns);
  return set;
}

/** Passes, each with the instructions that it wants to see. */
class PassSet {
  readonly #passes: Pass[] = [];
  readonly #concerns: (readonly boolean[])[] = [];

  add(pass: Pass, concerns: readonly boolean[]): void {
    this.#passes.push(pass);
    this.#concerns.push(concerns);
  }

  instruction(instruction: Instruction): void {
    const { id } = instruction.info;
    for (let index = 0; index < this.#passes.length; index++) {
      if (this.#concerns[index]?.[id]) this.#passes[index]?.instruction(instruction);
    }
  }

  finish(): void {
    for (const pass of this.#passes) pass.finish?.();
  }
}

function walk(reader: Reader, context: BodyContext, locals: number, passes: PassSet): void {
  const { additions: { module }, operands } = context;
  const instruction = newInstruction();
  while (reader.position < reader.end) {
    readInstruction(reader, instruction);
    if (operands.depth < 0) throw malformed("code after a function's end", instruction.start);
    checkInstruction(module, instruction, locals, operands.depth);
    passes.instruction(instruction);
    checkEdits(context.edits.count, "function", instruction.start);
    operands.step(instruction);
  }
  passes.finish();
  context.edits.prune();
  if (instruction.name !== "end" || operands.depth >= 0) {
    throw malformed("a function does not end", reader.end);
  }
}

function readLocals(reader: Reader, type: FunctionType): Locals {
  const runs = reader.u32();
  const start = reader.position;
  const groups: Locals["groups"] = [];
  let count = 0;
  for (let index = 0; index < runs; index++) {
    const run = reader.u32();
    groups.push([run, reader.byte()]);
    count += run;
    if (count + type.params.length > MOST_LOCALS) {
      throw malformed("too many locals", reader.position);
    }
  }
  return { groups, count, start, end: reader.position };
}
