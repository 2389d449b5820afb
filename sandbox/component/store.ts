/**
 * What the runtime of components needs of whoever meters the core modules: a `MeteredGroup` behind a
 * port, so that linking and the canonical ABI know nothing of metering.
 */
export interface Store {
  /**
   * Instantiates a core module of the component.
   *
   * @param module index of the core module, counted over the whole component as `Component` counts them.
   */
  instantiate(module: number, imports: WebAssembly.Imports): WebAssembly.Exports;
  /**
   * Takes fuel for work that the host does for the guest, before it is done. Throws through the guest
   * where the fuel is gone: whoever copies a list asks here for each piece of it, so that no value is
   * dearer to the host than to the guest.
   */
  spend(units: number): void;
  /** Ends the run as one that is out of memory: for tables of handles that would grow beyond bounds. */
  stopForMemory(): never;
  /**
   * Tells which bytes of a memory the host is about to write. Every write must be told, or a reset misses it;
   * told before, it is known also where writing is broken off.
   */
  wrote(memory: WebAssembly.Memory, address: number, length: number): void;
}
