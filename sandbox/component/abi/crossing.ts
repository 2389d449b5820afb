import type { StringEncoding } from "../binary/definitions.ts";
import { ComponentTrap } from "../errors.ts";
import type { Account } from "./account.ts";
import { callCore, type CoreFunction } from "./call_core.ts";
import type { Prices } from "./costs.ts";
import type { BorrowScope, HandleEntry } from "./handles.ts";
import type { ComponentInstance } from "./instance.ts";
import type { GuestMemory } from "./memory.ts";

/** The options of a lifted or lowered function, with what they refer to. */
export interface CrossingOptions {
  encoding: StringEncoding;
  memory: GuestMemory | null;
  realloc: CoreFunction | null;
}

/** What is needed to carry values out of a component instance or into it, for one call. */
export class Crossing {
  readonly instance: ComponentInstance;
  readonly account: Account;
  readonly encoding: StringEncoding;
  readonly #options: CrossingOptions;
  /** The call that borrowed handles are lowered for. */
  readonly scope: BorrowScope;
  /** What lifting values takes. */
  readonly prices: Prices;
  /** Handles that are lent until the call is over. */
  readonly lent: HandleEntry[] = [];

  constructor(
    instance: ComponentInstance,
    options: CrossingOptions,
    scope: BorrowScope,
    prices: Prices,
  ) {
    this.instance = instance;
    this.account = instance.account;
    this.encoding = options.encoding;
    this.#options = options;
    this.scope = scope;
    this.prices = prices;
  }

  get memory(): GuestMemory {
    const { memory } = this.#options;
    if (memory === null) throw new ComponentTrap("needs a memory to hand over values");
    return memory;
  }

  /** Asks the guest for room; gives its address, checked. */
  allocate(length: number, align: number): number {
    const { realloc } = this.#options;
    if (realloc === null) throw new ComponentTrap("needs realloc to take values");
    // Lengths and addresses are unsigned, while core functions give signed numbers.
    const address = Number(callCore(this.account, realloc, [0, 0, align, length | 0])) >>> 0;
    this.memory.check(address, length, align);
    return address;
  }

  /** Gives lent handles back. */
  endLends(): void {
    for (const entry of this.lent) this.instance.handles.lend(entry, -1);
    this.lent.length = 0;
  }
}
