/**
 * Hears of the instances that an isolate makes: those that it is loaded with, and others, in a call or a
 * reset, wherever their memory has grown and they are replaced.
 */
export interface InstanceObserver {
  /** Instances are about to be made. That is our own work, and no user code's time. */
  starting(): void;
  /**
   * An instance can be interrupted: as long as the first 32-bit word is not 0, whatever runs ends with a
   * `deadline` failure within milliseconds. All that were told of since `starting` belong together.
   */
  interruptible(buffer: SharedArrayBuffer | undefined): void;
  /** User code has its turn. */
  started(): void;
}
