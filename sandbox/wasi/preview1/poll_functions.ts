import { CLOCK_END_NS } from "../../world/clock.ts";
import { CLOCK, EPOCH_NS, timeOf } from "./clock_functions.ts";
import type { WasiContext } from "./context.ts";
import { ERRNO, fail } from "./errno.ts";
import { FUEL_PER_SUBSCRIPTION } from "./prices.ts";
import type { WasiFunctions } from "./signatures.ts";

/** Most subscriptions of a poll. */
export const MOST_SUBSCRIPTIONS = 1000;

const SUBSCRIPTION_BYTES = 48;
const EVENT_BYTES = 32;
const EVENT = { clock: 0, read: 1, write: 2 } as const;
const HANG_UP = 1;
const ABSOLUTE = 1;

interface Event {
  readonly userdata: bigint;
  readonly type: number;
  readonly errno?: number;
  readonly bytes?: bigint;
  readonly flags?: number;
}

/** What is waited for: an event, and when it comes, in nanoseconds of the monotonic clock. */
interface Awaited {
  readonly event: Event;
  readonly at: bigint;
}

/** Waiting, which moves the virtual clock on and takes no time. */
export function pollFunctions(context: WasiContext): WasiFunctions {
  const { memory, host, world: { clock } } = context;
  return {
    poll_oneoff: (input: number, output: number, count: number, result: number) => {
      if (count === 0 || count > MOST_SUBSCRIPTIONS) fail("inval");
      host.spend(FUEL_PER_SUBSCRIPTION * count);
      memory.check(input, count * SUBSCRIPTION_BYTES);
      memory.check(output, count * EVENT_BYTES);
      memory.check(result, 4);
      const awaited = Array.from(
        { length: count },
        (_, index) => readSubscription(context, input + index * SUBSCRIPTION_BYTES),
      );
      const first = awaited.reduce((first, { at }) => at < first ? at : first, 2n ** 65n);
      // The clock ends, and what comes later never comes.
      if (first > CLOCK_END_NS) fail("inval");
      clock.sleepUntil(Number(first));
      const now = BigInt(clock.nanoseconds());
      const events = awaited.filter(({ at }) => at <= now).map(({ event }) => event);
      events.forEach((event, index) => writeEvent(context, output + index * EVENT_BYTES, event));
      memory.writeU32(result, events.length);
    },
  };
}

function readSubscription(context: WasiContext, address: number): Awaited {
  const { memory, world: { clock } } = context;
  const userdata = memory.readU64(address);
  const type = memory.bytes(address + 8, 1)[0] ?? 0;
  if (type === EVENT.read || type === EVENT.write) {
    return { event: streamEvent(context, userdata, type, memory.readU32(address + 16)), at: -1n };
  }
  if (type !== EVENT.clock) return fail("inval");
  const id = memory.readU32(address + 16);
  const timeout = memory.readU64(address + 24);
  const flags = memory.readU16(address + 40);
  const event = { userdata, type };
  // One cannot sleep by a clock that stands still in sleep.
  if (id !== CLOCK.realtime && id !== CLOCK.monotonic) {
    const errno = id > CLOCK.thread ? ERRNO.inval : ERRNO.notsup;
    return { event: { ...event, errno }, at: -1n };
  }
  if ((flags & ABSOLUTE) === 0) return { event, at: timeOf(clock, CLOCK.monotonic) + timeout };
  return { event, at: id === CLOCK.realtime ? timeout - EPOCH_NS : timeout };
}

/** Streams and files are always ready. */
function streamEvent(
  { descriptors, world }: WasiContext,
  userdata: bigint,
  type: number,
  number: number,
): Event {
  const target = descriptors.find(number)?.target;
  const event = { userdata, type };
  if (target === undefined) return { ...event, errno: ERRNO.badf };
  const isWrite = type === EVENT.write;
  switch (target.kind) {
    case "stdin":
      if (isWrite) return { ...event, errno: ERRNO.badf };
      return { ...event, bytes: BigInt(world.stdinLeft), flags: world.stdinLeft > 0 ? 0 : HANG_UP };
    case "stdout":
    case "stderr":
      return isWrite ? { ...event, bytes: 65_536n } : { ...event, errno: ERRNO.badf };
    case "file": {
      const left = BigInt(target.bytes.length) - descriptors.get(number).offset;
      return isWrite ? { ...event, errno: ERRNO.badf } : { ...event, bytes: left > 0n ? left : 0n };
    }
    case "directory":
      return { ...event, errno: ERRNO.badf };
  }
}

function writeEvent({ memory }: WasiContext, address: number, event: Event): void {
  const record = memory.record(address, EVENT_BYTES);
  record.setBigUint64(0, event.userdata, true);
  record.setUint16(8, event.errno ?? ERRNO.success, true);
  record.setUint8(10, event.type);
  record.setBigUint64(16, event.bytes ?? 0n, true);
  record.setUint16(24, event.flags ?? 0, true);
}
