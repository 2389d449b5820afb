/**
 * Hears of the instances that an isolate makes: one when it is loaded, and another one, in a call or a
 * reset, wherever the memory of the last one has grown.
 */
export interface InstanceObserver {
  /** An instance is about to be made. That is our own work, and no user code's time. */
  starting(): void;
  /**
   * It is made, or could not be, and user code has its turn.
   *
   * @param interrupt What the instance can be interrupted by: as long as its first 32-bit word is not 0,
   * whatever runs ends with a `deadline` failure within milliseconds.
   */
  started(interrupt: SharedArrayBuffer | undefined): void;
}
