import { createHash } from "node:crypto";

/** Lower-case hexadecimal SHA-256 of a text in UTF-8. */
export function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
