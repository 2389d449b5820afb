import type { Additions } from "./additions.ts";
import type { BodyContext, Pass } from "./body.ts";
import { ScratchLocals } from "./body.ts";
import type { CostModel } from "./cost.ts";
import { type Instruction, instructions } from "./decode.ts";
import { EditList } from "./edits.ts";
import { malformed } from "./errors.ts";
import { Operands } from "./operands.ts";
import { BulkPass } from "./passes/bulk.ts";
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
  groups: number;
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

/** Rewrites function bodies, one after the other. */
export class BodyRewriter {
  readonly #additions: Additions;
  readonly #costs: CostModel;
  readonly #parts: Parts;
  readonly #code = new Writer(4096);
  readonly #body = new Writer(4096);

  constructor(additions: Additions, costs: CostModel, parts: Parts = ALL_PARTS) {
    this.#additions = additions;
    this.#costs = costs;
    this.#parts = parts;
  }

  /** Writes the new body, with its size in front, as an entry of the code section. */
  rewrite(type: FunctionType, body: Body, into: Writer): void {
    const { bytes } = this.#additions.module;
    const reader = new Reader(bytes, body.start, body.end);
    const locals = readLocals(reader, type);
    const context: BodyContext = {
      additions: this.#additions,
      costs: this.#costs,
      edits: new EditList(),
      operands: new Operands(this.#additions.module, type),
      type,
      codeStart: reader.position,
      localCount: locals.count,
      scratch: new ScratchLocals(type.params.length + locals.count),
    };
    walk(reader, context, passes(context, this.#parts));
    context.edits.apply(bytes, context.codeStart, body.end, this.#code.clear());
    this.#body.clear()
      .u32(locals.groups + context.scratch.types.length)
      .range(bytes, locals.start, locals.end)
      .raw(context.scratch.types.flatMap((type) => [1, type]))
      .raw(this.#code.view());
    into.sized(this.#body);
  }
}

function passes(context: BodyContext, parts: Parts): Pass[] {
  const { dirtyMap } = context.additions;
  const list: Pass[] = [];
  if (parts.nan) list.push(new NanPass(context));
  if (parts.fuel) list.push(new FuelPass(context));
  if (parts.stack) list.push(new StackPass(context));
  list.push(new BulkPass(context));
  if (parts.dirty && dirtyMap !== undefined) list.push(new DirtyPass(context, dirtyMap));
  return list;
}

function walk(reader: Reader, context: BodyContext, list: readonly Pass[]): void {
  let last: Instruction | undefined;
  for (const instruction of instructions(reader)) {
    if (context.operands.depth < 0) {
      throw malformed("code after a function's end", instruction.start);
    }
    for (const pass of list) pass.instruction(instruction);
    context.operands.step(instruction);
    last = instruction;
  }
  if (last?.name !== "end" || context.operands.depth >= 0) {
    throw malformed("a function does not end", reader.end);
  }
}

function readLocals(reader: Reader, type: FunctionType): Locals {
  const groups = reader.u32();
  const start = reader.position;
  let count = 0;
  for (let index = 0; index < groups; index++) {
    count += reader.u32();
    reader.byte();
    if (count + type.params.length > MOST_LOCALS) {
      throw malformed("too many locals", reader.position);
    }
  }
  return { groups, count, start, end: reader.position };
}
