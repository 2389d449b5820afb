import { failureOfArguments } from "../failures.ts";
import type { GuestAnswer, GuestCallOptions } from "../loaded_guest.ts";
import type { Value } from "../values/value.ts";
import { failureOfRun } from "./core_failures.ts";
import { CoreGuest } from "./core_guest.ts";
import type { CoreInstance } from "./core_instance.ts";
import { ArgumentError, toNumbers, toValue } from "./numbers.ts";
import type { Signature } from "./signature.ts";

/** A module whose exported functions are called with numbers: a reactor, or one that stands alone. */
export class FunctionsGuest extends CoreGuest {
  override readonly exports: ReadonlyMap<string, string>;
  readonly hint: string | undefined;

  constructor(instance: CoreInstance, fuel: number) {
    super(instance, fuel);
    this.hint = instance.parts.prepared.hint;
    const callable = [...instance.parts.prepared.exports]
      .filter(([name]) => name !== "_initialize");
    this.exports = new Map(
      callable.map(([name, { signature }]) => [name, signature ? "function" : "object"]),
    );
  }

  override call(name: string, args: readonly Value[], options: GuestCallOptions): GuestAnswer {
    const signature = this.instance.parts.prepared.exports.get(name)?.signature;
    if (signature === undefined) throw new TypeError(`Cannot call ${name} as it is no function`);
    let numbers: (number | bigint)[];
    try {
      numbers = toNumbers(signature, args);
    } catch (error) {
      if (!(error instanceof ArgumentError)) throw error;
      const failure = failureOfArguments(name, error.message + this.#advice(args));
      return { verdict: { ok: false, failure }, fuel: 0, isBroken: false };
    }
    return this.#call(name, signature, numbers, options);
  }

  /** What helps who hands over something else than numbers, or hands it to a component's module. */
  #advice(args: readonly Value[]): string {
    if (this.hint !== undefined) return ` (the module ${this.hint})`;
    if (args.every((value) => typeof value === "number" || typeof value === "bigint")) return "";
    return " (a core module takes numbers only: cupel componentize makes a component, which takes more)";
  }

  #call(
    name: string,
    signature: Signature,
    numbers: readonly (number | bigint)[],
    options: GuestCallOptions,
  ): GuestAnswer {
    const instance = this.instance;
    const { parts, limits, stderrTail } = instance;
    const result = instance.run(parts.name, options, () => instance.invoke(name, numbers));
    return {
      verdict: result.ok
        ? { ok: true, value: toValue(signature, result.value) }
        : { ok: false, failure: failureOfRun(result.stop, options.fuel, limits, stderrTail) },
      fuel: result.fuel,
      isBroken: !result.ok,
    };
  }
}
