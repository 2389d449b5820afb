import type { World } from "../../world/world.ts";
import type { ArgumentList } from "./arguments.ts";
import type { DescriptorTable } from "./descriptors.ts";
import type { GuestMemory } from "./guest_memory.ts";
import type { StreamTail } from "./stream_tail.ts";

/** What the functions need of whoever runs the guest. */
export interface WasiHost {
  /** Takes fuel before the work that it pays for; throws through the guest where the fuel is gone. */
  spend(units: number): void;
  /** Ends the run with an error that nothing of the guest can catch. */
  abort(error: Error): never;
}

/** What the functions work on, for one guest. */
export interface WasiContext {
  readonly world: World;
  readonly memory: GuestMemory;
  readonly host: WasiHost;
  /** State that belongs to the image: what a guest opened while it was loaded is open in every call. */
  readonly descriptors: DescriptorTable;
  readonly args: ArgumentList;
  /** The end of what was written to standard error. */
  readonly stderrTail: StreamTail;
  /** The functions that gave an error in this call, by name. */
  readonly failed: Set<string>;
}
