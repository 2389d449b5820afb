import { ComponentTrap } from "../errors.ts";
import type { Account } from "./account.ts";

/** A core value: what crosses as a parameter or result of a core function. */
export type CoreValue = number | bigint;

/** A function of a core module. */
export type CoreFunction = (...args: CoreValue[]) => unknown;

/** The class of exceptions that guests throw; TypeScript does not know it yet. */
const GuestException: unknown = Reflect.get(WebAssembly, "Exception");

/**
 * Calls into a component instance's code.
 *
 * @throws ComponentTrap for an exception of the guest's: they end at a component's boundary, where no other
 * component may catch them. Whatever failed inside, though the guest caught it.
 */
export function callCore(
  account: Account,
  core: CoreFunction,
  args: readonly CoreValue[],
): unknown {
  try {
    const result = core(...args);
    account.check();
    return result;
  } catch (cause) {
    if (typeof GuestException === "function" && cause instanceof GuestException) {
      throw new ComponentTrap("throws an exception that it does not catch", { cause });
    }
    throw cause;
  }
}
