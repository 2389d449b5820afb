import type { Pointer } from "./abi.ts";
import type { GuestMemory } from "./guest_memory.ts";

const MS_PER_DAY = 86_400_000;

/**
 * Fills a C `struct tm` for a time in UTC: inside an isolate there is no other time zone.
 *
 * @param seconds since 1970. Times beyond what `Date` can hold give zeros.
 */
export function writeUtcTime(memory: GuestMemory, seconds: bigint, address: Pointer): void {
  const date = new Date(Number(seconds) * 1000);
  const year = date.getUTCFullYear();
  const dayOfYear = Math.floor((date.getTime() - Date.UTC(year, 0, 1)) / MS_PER_DAY);
  const hours = date.getUTCHours();
  memory.writeWords(address, date.getUTCSeconds(), date.getUTCMinutes(), hours, date.getUTCDate());
  memory.writeWords(address + 16, date.getUTCMonth(), year - 1900, date.getUTCDay(), dayOfYear);
  // Daylight saving time: never. Seconds east of UTC: none.
  memory.writeBigInt64(address + 32, 0n);
}
