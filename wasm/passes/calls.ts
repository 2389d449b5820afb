import type { BodyContext, Pass } from "../body.ts";
import type { Instruction } from "../decode.ts";
import { perOpcode } from "../opcodes.ts";
import { V128 } from "../types.ts";

/** Bytes that every frame takes on the native stack: return address, saved registers, spills. */
const FRAME_BYTES = 96;
/** Bytes of a local or an operand in the slowest tiers of the engines. */
const SLOT_BYTES = 8;
/** Bytes of a vector. */
const VECTOR_BYTES = 16;

/** Notes what a function calls, and estimates what its frame takes on the native stack. */
export class CallsPass implements Pass {
  readonly #context: BodyContext;

  constructor(context: BodyContext) {
    this.#context = context;
  }

  static readonly concerns = perOpcode((name) => /^(return_)?call(_indirect)?$/.test(name));

  instruction({ name, first }: Instruction): void {
    const { direct, indirect } = this.#context.sites;
    const calls = name === "call" || name === "return_call" ? direct : indirect;
    calls.set(first, (calls.get(first) ?? 0) + 1);
  }

  finish(): void {
    const { type, localTypes, operands, scratch, sites } = this.#context;
    const slots = [...type.params, ...type.results, ...scratch.types].map(slotBytes);
    const locals = localTypes.reduce((sum, [count, type]) => sum + count * slotBytes(type), 0);
    const operandBytes = operands.max * (operands.hasVectors ? VECTOR_BYTES : SLOT_BYTES);
    sites.frameBytes = FRAME_BYTES + locals + operandBytes +
      slots.reduce((sum, size) => sum + size, 0);
  }
}

function slotBytes(type: number): number {
  return type === V128 ? VECTOR_BYTES : SLOT_BYTES;
}
