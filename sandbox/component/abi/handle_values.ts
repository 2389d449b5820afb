import { ComponentTrap } from "../errors.ts";
import type { ComponentValue, ResourceType } from "../types.ts";
import { Handle } from "../types.ts";
import { COSTS, SIZES } from "./costs.ts";
import type { Crossing } from "./crossing.ts";
import { ownerOf } from "./resource.ts";
import { mistyped } from "./scalars.ts";

type HandleType = { kind: "own" | "borrow"; resource: ResourceType };

/** Takes a handle from a guest: an owned one leaves its table, a borrowed one is lent until the call is over. */
export function liftHandle(cx: Crossing, { kind, resource }: HandleType, index: number): Handle {
  cx.account.take(COSTS.handle, SIZES.object);
  const { handles } = cx.instance;
  if (kind === "borrow") {
    const entry = handles.get(index, resource);
    handles.lend(entry, 1);
    cx.lent.push(entry);
    return new Handle(resource, entry.representation);
  }
  const entry = handles.get(index, resource);
  if (entry.scope !== null) {
    throw new ComponentTrap(`gives away the handle ${index}, which it only borrowed`);
  }
  handles.remove(index, resource);
  return new Handle(resource, entry.representation);
}

/** Gives a guest a handle; what it defines itself it sees as what it made it of, where it only borrows it. */
export function lowerHandle(
  cx: Crossing,
  { kind, resource }: HandleType,
  value: ComponentValue,
): number {
  if (!(value instanceof Handle) || value.resource !== resource) {
    throw mistyped(value, `a handle of ${resource.name}`);
  }
  cx.account.store.spend(COSTS.handle);
  const { representation } = value;
  if (kind === "own") return cx.instance.handles.add(resource, representation);
  if (ownerOf(resource) === cx.instance) return Number(representation) | 0;
  cx.scope.borrows++;
  return cx.instance.handles.add(resource, representation, cx.scope);
}
