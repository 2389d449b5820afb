/** What the clock of every isolate shows when user code begins to load: 2025-01-01T00:00:00Z. */
export const CLOCK_EPOCH_MS = 1_735_689_600_000;

/** Units of fuel in which a nanosecond passes: about what real machines do. */
export const FUEL_PER_NANOSECOND = 8;

const NANOSECONDS_PER_MS = 1_000_000;

/** A clock that only the guest's own work moves: the same program reads the same times everywhere. */
export class VirtualClock {
  #fuelBefore = 0;
  /** Nanoseconds that the guest slept through. */
  #slept = 0;
  #fuelNow: () => number = () => 0;

  /** Nanoseconds since {@linkcode CLOCK_EPOCH_MS}. */
  nanoseconds(): number {
    return this.#slept + Math.floor((this.#fuelBefore + this.#fuelNow()) / FUEL_PER_NANOSECOND);
  }

  /** Milliseconds since 1970, with fractions. */
  milliseconds(): number {
    return CLOCK_EPOCH_MS + this.nanoseconds() / NANOSECONDS_PER_MS;
  }

  /** Nanoseconds since 1970, as the C library counts them. */
  nanosecondsSince1970(): bigint {
    return BigInt(CLOCK_EPOCH_MS) * BigInt(NANOSECONDS_PER_MS) + BigInt(this.nanoseconds());
  }

  /** Moves on to a time in nanoseconds since the epoch, as for a guest that sleeps; never back. */
  sleepUntil(nanoseconds: number): void {
    this.#slept += Math.max(0, nanoseconds - this.nanoseconds());
  }

  /** From now on the clock follows `fuelNow`; before the first call it stands at the epoch. */
  follow(fuelNow: () => number): void {
    this.#fuelNow = fuelNow;
  }

  /** Sets how much fuel was used before the run that is about to begin, and forgets what was slept. */
  startFrom(fuelBefore: number): void {
    this.#fuelBefore = fuelBefore;
    this.#slept = 0;
  }
}
