import type { ResourceType } from "../types.ts";
import type { CoreFunction } from "./call_core.ts";
import type { ComponentInstance } from "./instance.ts";

/** A resource that a component instance defines: only it sees what its handles stand for. */
export class GuestResource implements ResourceType {
  #name = "resource";
  readonly owner: ComponentInstance;
  /** Ends a resource, by its representation. */
  readonly destructor: CoreFunction | null;

  constructor(
    owner: ComponentInstance,
    destructor: CoreFunction | null = null,
  ) {
    this.owner = owner;
    this.destructor = destructor;
  }

  get name(): string {
    return this.#name;
  }

  /** Resources have no name until they are exported. */
  exportedAs(name: string): void {
    if (this.#name === "resource") this.#name = name;
  }
}

/** The component instance that defines a resource; null for the host's. */
export function ownerOf(resource: ResourceType): ComponentInstance | null {
  return resource instanceof GuestResource ? resource.owner : null;
}
