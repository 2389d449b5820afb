import { ComponentTrap } from "../errors.ts";
import type { HostFunction } from "../host.ts";
import type { ComponentValue, FunctionType } from "../types.ts";
import { callCore } from "./call_core.ts";
import { callPrice, INSIDE, LEAVING, type Prices } from "./costs.ts";
import type { CoreFunction, CoreValue } from "./call_core.ts";
import { Crossing, type CrossingOptions } from "./crossing.ts";
import { flattenFunction } from "./flatten.ts";
import type { ComponentInstance } from "./instance.ts";
import { FlatReader, liftValues } from "./lift_flat.ts";
import { lowerInto, lowerValues } from "./lower_flat.ts";

/** A function between components, or between a component and the host. */
export interface ComponentFunction {
  readonly type: FunctionType;
  /**
   * Calls it.
   *
   * @param take gets the result, before the function's own clearing up.
   * @param prices of the result: that of one for the host where nothing is said.
   */
  call(
    args: readonly ComponentValue[],
    take: (result: ComponentValue | undefined) => void,
    prices?: Prices,
  ): void;
}

/** The host's functions, as components see them. */
export function hostFunction(host: HostFunction): ComponentFunction {
  return { type: host.type, call: (args, take) => take(host.call(...args)) };
}

/** What `canon lift` is given. */
export interface LiftParts {
  instance: ComponentInstance;
  core: CoreFunction;
  options: CrossingOptions;
  postReturn: CoreFunction | null;
  type: FunctionType;
}

/** A core function as a component function (CanonicalABI.md, `canon lift`). */
export function liftFunction(parts: LiftParts): ComponentFunction {
  const { instance, core, options, postReturn, type } = parts;
  const { account } = instance;
  const flat = flattenFunction(type, "lift");
  const price = callPrice(flat);
  return {
    type,
    call(args, take, prices = LEAVING) {
      account.store.spend(price);
      enter(instance);
      const cx = new Crossing(instance, options, { borrows: 0 }, prices);
      instance.mayLeave = false;
      const params = lowerValues(cx, flat.paramsTuple, args, flat.paramsInMemory);
      instance.mayLeave = true;
      const results = coreValues(callCore(account, core, params));
      const reader = new FlatReader(results);
      const [value] = liftValues(cx, flat.resultTuple, reader, flat.resultInMemory);
      if (cx.scope.borrows > 0) {
        throw new ComponentTrap("returns without dropping all borrowed handles");
      }
      take(value);
      if (postReturn !== null) {
        instance.mayLeave = false;
        callCore(account, postReturn, results);
        instance.mayLeave = true;
      }
      leave(instance);
    },
  };
}

/** A component instance runs one call at a time. */
function enter(instance: ComponentInstance): void {
  if (!instance.mayEnter) throw new ComponentTrap("calls a component that is still running a call");
  instance.account.deeper();
  instance.mayEnter = false;
}

function leave(instance: ComponentInstance): void {
  instance.account.shallower();
  instance.mayEnter = true;
}

function coreValues(result: unknown): CoreValue[] {
  return typeof result === "number" || typeof result === "bigint" ? [result] : [];
}

/** A component function as a core function of one component instance (CanonicalABI.md, `canon lower`). */
export function lowerFunction(
  callee: ComponentFunction,
  instance: ComponentInstance,
  options: CrossingOptions,
): CoreFunction {
  const { account } = instance;
  const { type } = callee;
  const flat = flattenFunction(type, "lower");
  const price = callPrice(flat);
  return (...args) =>
    account.guard(() => {
      account.store.spend(price);
      checkMayLeave(instance);
      const held = account.held;
      const cx = new Crossing(instance, options, { borrows: 0 }, INSIDE);
      const reader = new FlatReader(args);
      const params = liftValues(cx, flat.paramsTuple, reader, flat.paramsInMemory);
      let result: CoreValue | undefined;
      callee.call(params, (value) => {
        const values = value === undefined ? [] : [value];
        instance.mayLeave = false;
        if (flat.resultInMemory) lowerInto(cx, flat.resultTuple, values, reader.unsigned());
        else [result] = lowerValues(cx, flat.resultTuple, values, false);
        instance.mayLeave = true;
      }, INSIDE);
      cx.endLends();
      account.release(held);
      return result;
    });
}

/** Code that runs while the host writes into its memory may not call out. */
export function checkMayLeave(instance: ComponentInstance): void {
  if (!instance.mayLeave) throw new ComponentTrap("calls an import where it may not");
}

/** Calls a destructor of another component instance, which must not be running. */
export function enterFor(instance: ComponentInstance, core: CoreFunction, argument: number): void {
  enter(instance);
  callCore(instance.account, core, [argument]);
  leave(instance);
}
