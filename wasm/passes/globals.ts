import { OP, withIndex } from "../assemble.ts";
import type { BodyContext, Pass } from "../body.ts";
import type { Instruction } from "../decode.ts";
import { perOpcode } from "../opcodes.ts";

/** Renames globals where the rewriting imports some of its own, which stand before those of the module. */
export class GlobalsPass implements Pass {
  readonly #context: BodyContext;

  constructor(context: BodyContext) {
    this.#context = context;
  }

  static readonly concerns = perOpcode((name) => name === "global.get" || name === "global.set");

  instruction({ name, first, start, end }: Instruction): void {
    const { additions, edits } = this.#context;
    const index = additions.global(first);
    if (index === first) return;
    edits.replace(
      start,
      end,
      withIndex(name === "global.get" ? OP.globalGet : OP.globalSet, index),
    );
  }
}
