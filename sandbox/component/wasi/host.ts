/** What the granted interfaces need of whoever runs the component, besides a world. */
export interface WasiHost {
  /** Takes fuel before the work that it pays for; throws through the guest where the fuel is gone. */
  spend(units: number): void;
  /** Ends the call as one that is out of memory. */
  stopForMemory(): never;
  /** Ends the call because the component wants to: 0 means that all went well. */
  exit(code: number): never;
}
