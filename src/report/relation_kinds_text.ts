import type { RelationKind } from "../task/relations/catalogue.ts";
import { palette } from "./palette.ts";

/** The library of relations as text for a terminal, with a line feed at the end. */
export function relationKindsText(
  kinds: readonly RelationKind[],
  { colour }: { colour: boolean },
): string {
  const paint = palette(colour);
  const entries = kinds.map(({ name, signature, says, use, avoid, example }) => [
    `${paint.bold(name)}  ${says}`,
    `  ${paint.dim(signature)}`,
    `  use      ${use}`,
    `  not if   ${avoid}`,
    `  example  ${example}`,
  ]);
  const names = kinds.map(({ name }) => name).join(", ");
  const head = [`import { ${names} } from "cupel/task/relations";`];
  return [head, ...entries].map((lines) => lines.map((line) => `${line}\n`).join("")).join("\n");
}
