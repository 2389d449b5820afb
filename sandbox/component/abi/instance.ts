import type { Account } from "./account.ts";
import { HandleTable } from "./handles.ts";

/** The mutable state of one component instance: its table of handles and two flags. */
export class ComponentInstance {
  readonly account: Account;
  readonly handles: HandleTable;
  /** Whether its code may call imports now: not while the host writes into its memory. */
  #mayLeave = true;
  /** Whether it may be entered now: not while it runs already. */
  #mayEnter = true;

  constructor(account: Account) {
    this.account = account;
    this.handles = new HandleTable(account.store, () => account.touched.add(this));
  }

  get mayLeave(): boolean {
    return this.#mayLeave;
  }

  set mayLeave(value: boolean) {
    this.account.touched.add(this);
    this.#mayLeave = value;
  }

  get mayEnter(): boolean {
    return this.#mayEnter;
  }

  set mayEnter(value: boolean) {
    this.account.touched.add(this);
    this.#mayEnter = value;
  }

  /** Remembers the present state, in which nothing runs. */
  capture(): void {
    this.#mayLeave = true;
    this.#mayEnter = true;
    this.handles.capture();
  }

  /** Goes back to the captured state, in which nothing runs. */
  reset(): void {
    this.#mayLeave = true;
    this.#mayEnter = true;
    this.handles.reset();
  }
}
