/** What the clock of every isolate shows when user code begins to load: 2025-01-01T00:00:00Z. */
export const CLOCK_EPOCH_MS = 1_735_689_600_000;

/** Units of fuel in which a nanosecond passes: about what real machines do. */
export const FUEL_PER_NANOSECOND = 8;

/**
 * Where sleeping ends: a hundred days after the epoch, in nanoseconds. All that the clock may show, what the
 * guest works after it included, is a number without rounding.
 */
export const CLOCK_END_NS = 100 * 86_400 * 1_000_000_000;

const NANOSECONDS_PER_MS = 1_000_000;

/** A clock that only the guest's own work moves: the same program reads the same times everywhere. */
export class VirtualClock {
  #fuelBefore = 0;
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

  /** Nanoseconds that the guest slept through so far. */
  get slept(): number {
    return this.#slept;
  }

  /**
   * Moves on to a time in nanoseconds since the epoch, as for a guest that sleeps; never back, and not beyond
   * {@linkcode CLOCK_END_NS}.
   */
  sleepUntil(nanoseconds: number): void {
    const end = Math.min(Math.floor(nanoseconds), CLOCK_END_NS);
    this.#slept += Math.max(0, end - this.nanoseconds());
  }

  /** From now on the clock follows `fuelNow`; before the first call it stands at the epoch. */
  follow(fuelNow: () => number): void {
    this.#fuelNow = fuelNow;
  }

  /**
   * Stands where a run begins.
   *
   * @param fuelBefore fuel that was used before it.
   * @param sleptBefore nanoseconds that were slept before it.
   */
  startFrom(fuelBefore: number, sleptBefore = 0): void {
    this.#fuelBefore = fuelBefore;
    this.#slept = sleptBefore;
  }
}
