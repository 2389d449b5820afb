import { DEFAULT_LIMITS, type Limits } from "../../../sandbox/limits.ts";
import { CupelError } from "../../errors.ts";
import { groupSequentialOf } from "../../gate/looks.ts";
import type { Policy, Sequential } from "../../gate/policy.ts";
import type { EffectiveSettings } from "./resolve.ts";
import { DEFAULT_LOOKS, type SettingName } from "./settings.ts";

/** The settings that limit a call. */
export const LIMIT_SETTINGS = ["fuel", "memory", "deadline"] as const;

/** The settings of one call. */
export const CALL_SETTINGS = ["seed", ...LIMIT_SETTINGS] as const;

/** The settings that make a policy. */
export const POLICY_SETTINGS = ["policy", "sequential", "looks"] as const;

/** The settings of a whole run. */
export const RUN_SETTINGS = [
  "cases",
  "seed",
  ...POLICY_SETTINGS,
  "stability",
  "shrink",
  "workers",
  ...LIMIT_SETTINGS,
] as const satisfies readonly SettingName[];

type LimitSettings = EffectiveSettings<(typeof LIMIT_SETTINGS)[number]>;
type PolicySettings = EffectiveSettings<(typeof POLICY_SETTINGS)[number]>;

/** The limits of a call, of which some can be set; the others have their defaults. */
export function limitsOf({ fuel, memory, deadline }: LimitSettings): Limits {
  const { value: memoryBytes } = memory;
  return { ...DEFAULT_LIMITS, fuel: fuel.value, memoryBytes, deadlineMs: deadline.value };
}

/**
 * The policy with the way of looking that is set, if any is.
 *
 * @throws {CupelError} `bad-input` where a number of looks is typed and nothing takes looks.
 */
export function policyOf({ policy, sequential, looks }: PolicySettings): Policy {
  const base = policy.value.policy;
  const chosen = { ...base, sequential: sequentialOf(base, sequential.value, looks.value) };
  if (looks.origin === "--looks" && groupSequentialOf(chosen) === undefined) {
    throw new CupelError(
      "bad-input",
      "Cannot use --looks as it must go with --sequential obrien-fleming or pocock: " +
        `current value is "${chosen.sequential?.method ?? "off"}"`,
    );
  }
  return chosen;
}

function sequentialOf(
  policy: Policy,
  choice: PolicySettings["sequential"]["value"],
  looks: number | undefined,
): Sequential | null {
  if (choice === "off") return null;
  const planned = groupSequentialOf(policy);
  const method = choice ?? policy.sequential?.method;
  if (method === undefined) return null;
  if (method === "always-valid") return { method };
  return { method, looks: looks ?? planned?.looks ?? DEFAULT_LOOKS };
}

/** How often each case runs: what is set, or several times where the policy looks at stability. */
export function repetitionsOf(
  { stability }: EffectiveSettings<"stability">,
  policy: Policy,
): number {
  return stability.value ?? (policy.unstable === null ? 1 : 3);
}
