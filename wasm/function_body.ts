import type { Additions } from "./additions.ts";
import type { BodyContext, FunctionPlan, Pass } from "./body.ts";
import { ScratchLocals } from "./body.ts";
import type { CostModel } from "./cost.ts";
import { type Instruction, instructions } from "./decode.ts";
import { EditList } from "./edits.ts";
import { malformed } from "./errors.ts";
import { checkInstruction } from "./indices.ts";
import { Operands } from "./operands.ts";
import { BulkPass } from "./passes/bulk.ts";
import { CallsPass } from "./passes/calls.ts";
import { DirtyPass } from "./passes/dirty.ts";
import { FuelPass } from "./passes/fuel.ts";
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
const UNPLANNED: FunctionPlan = { isCheckpoint: true, stackBytes: 0, entryFuel: () => 0 };

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
    sites: { direct: new Set(), indirect: new Set(), frameBytes: 0 },
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

  /** Writes one body, with its size in front. Its plan must be set. */
  write({ context, locals, body }: WalkedBody, into: Writer): void {
    const { bytes } = context.additions.module;
    context.edits.apply(bytes, context.codeStart, body.end, this.#code.clear());
    this.#body.clear()
      .u32(locals.groups.length + context.scratch.types.length)
      .range(bytes, locals.start, locals.end)
      .raw(context.scratch.types.flatMap((type) => [1, type]))
      .raw(this.#code.view());
    into.sized(this.#body);
  }
}

function passes(context: BodyContext, parts: Parts, fuel: FuelPass | undefined): Pass[] {
  const { dirtyMap } = context.additions;
  const list: Pass[] = [];
  if (parts.nan) list.push(new NanPass(context));
  if (fuel) list.push(fuel);
  if (parts.stack) list.push(new StackPass(context));
  list.push(new BulkPass(context));
  if (parts.dirty && dirtyMap !== undefined) list.push(new DirtyPass(context, dirtyMap));
  list.push(new CallsPass(context));
  return list;
}

function walk(
  reader: Reader,
  context: BodyContext,
  locals: number,
  list: readonly Pass[],
): void {
  const { additions: { module }, operands } = context;
  let last: Instruction | undefined;
  for (const instruction of instructions(reader)) {
    if (operands.depth < 0) {
      throw malformed("code after a function's end", instruction.start);
    }
    checkInstruction(module, instruction, locals, operands.depth);
    for (const pass of list) pass.instruction(instruction);
    operands.step(instruction);
    last = instruction;
  }
  for (const pass of list) pass.finish?.();
  if (last?.name !== "end" || operands.depth >= 0) {
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
