import { tenantSchema } from "../../cluster/lane.ts";
import { MOST_TENANTS } from "../../cluster/node_registry.ts";
import { splitList } from "./list.ts";
import { refuse } from "./refuse.ts";

/** Most of a tenant's share: beyond it others would hardly ever have a turn. */
const MOST_WEIGHT = 1000;

/**
 * Names of tenants: `team-a,team-b`.
 *
 * @param flag The option, for the message.
 * @throws {CupelError} `bad-input` where one is none, or there is none at all.
 */
export function parseTenants(flag: string, text: string): string[] {
  const names = splitList(text);
  const wrong = names.find((name) => !tenantSchema.safeParse(name).success);
  if (names.length > MOST_TENANTS) {
    throw refuse(flag, `at most ${MOST_TENANTS} tenants`, `${names.length} of them`);
  }
  if (wrong === undefined && names.length > 0) return [...new Set(names)].sort();
  throw refuse(flag, "lower-case words such as team-a,team-b", wrong || text);
}

/**
 * Shares of tenants: `team-a=3,team-b=0.5`.
 *
 * @param flag The option, for the message.
 * @throws {CupelError} `bad-input` for anything else, also where there is none, or one tenant has two.
 */
export function parseWeights(flag: string, text: string): Map<string, number> {
  const weights = new Map<string, number>();
  const parts = splitList(text);
  for (const part of parts.length === 0 ? [text] : parts) {
    const [, name = "", digits = ""] = /^([^=]*)=(\d+(?:\.\d+)?)$/.exec(part) ?? [];
    const weight = Number(digits);
    const isWeight = weight > 0 && weight <= MOST_WEIGHT && tenantSchema.safeParse(name).success;
    if (!isWeight || weights.has(name)) {
      const what = `numbers above 0, up to ${MOST_WEIGHT}, one for each tenant`;
      throw refuse(flag, `${what}, such as team-a=3,team-b=1`, part || text);
    }
    weights.set(name, weight);
  }
  return weights;
}
