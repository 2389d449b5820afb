/**
 * Whether an error that nobody awaits is that of a connection which the other end broke when this end had let
 * go of it: whoever used the connection has been told before. The NATS library stops to listen to a socket
 * before it closes it, so that a server which refuses credentials, and closes at once, may end so.
 */
export function isLateReset(error: unknown): boolean {
  if (!(error instanceof Error) || !("code" in error) || !("syscall" in error)) return false;
  return error.code === "ECONNRESET" && error.syscall === "read";
}
