import type { ResourceType } from "../types.ts";
import { COSTS } from "./costs.ts";
import { callCore, type CoreFunction } from "./call_core.ts";
import { checkMayLeave, enterFor } from "./functions.ts";
import type { ComponentInstance } from "./instance.ts";
import { GuestResource } from "./resource.ts";

/** `canon resource.new`: a handle of what the component instance defines itself. */
export function resourceNew(instance: ComponentInstance, resource: ResourceType): CoreFunction {
  const { account } = instance;
  return (representation) =>
    account.guard(() => {
      account.store.spend(COSTS.handle);
      checkMayLeave(instance);
      return instance.handles.add(resource, Number(representation) | 0);
    });
}

/** `canon resource.rep`: what a handle stands for. */
export function resourceRep(instance: ComponentInstance, resource: ResourceType): CoreFunction {
  const { account } = instance;
  return (index) =>
    account.guard(() => {
      account.store.spend(COSTS.handle);
      return instance.handles.get(Number(index) >>> 0, resource).representation;
    });
}

/** `canon resource.drop`: gives up a handle; the destructor runs where it was the owner. */
export function resourceDrop(instance: ComponentInstance, resource: ResourceType): CoreFunction {
  const { account } = instance;
  return (index) =>
    account.guard(() => {
      account.store.spend(COSTS.handle);
      checkMayLeave(instance);
      const entry = instance.handles.remove(Number(index) >>> 0, resource);
      if (entry.scope !== null) {
        entry.scope.borrows--;
        return;
      }
      if (!(resource instanceof GuestResource) || resource.destructor === null) return;
      const representation = Number(entry.representation);
      if (resource.owner !== instance) {
        return enterFor(resource.owner, resource.destructor, representation);
      }
      // Destructors may drop handles in their turn: each takes some of the host's stack.
      account.deeper();
      callCore(account, resource.destructor, [representation]);
      account.shallower();
    });
}
