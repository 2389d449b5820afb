import { nearest } from "../../gate/nearest.ts";
import { GROUP_SEQUENTIAL_METHODS, type GroupSequentialMethod } from "../../gate/policy.ts";
import { refuse } from "../input/refuse.ts";
import { textOf } from "./parsers.ts";
import type { Source } from "./setting.ts";

/** Ways to look at a run before its end; `off` does without, whatever the policy says. */
export type SequentialChoice = "always-valid" | GroupSequentialMethod | "off";

const CHOICES: readonly SequentialChoice[] = ["always-valid", ...GROUP_SEQUENTIAL_METHODS, "off"];

/**
 * A way to look at a run: by name, or yes and no, where yes is the test that is always valid.
 *
 * @throws {CupelError} `bad-input` for any other text.
 */
export function parseSequential(source: Source): SequentialChoice {
  const text = textOf(source);
  if (text === "true") return "always-valid";
  if (text === "false") return "off";
  const chosen = CHOICES.find((choice) => choice === text);
  if (chosen !== undefined) return chosen;
  const near = nearest(text, CHOICES);
  const accepted = `one of ${CHOICES.join(", ")}${near ? ` (did you mean ${near}?)` : ""}`;
  throw refuse(source.origin, accepted, text);
}
