import type { WasiContext } from "./context.ts";
import { fail } from "./errno.ts";
import type { WasiFunctions } from "./signatures.ts";

/** There are no sockets: `EBADF` for a number that is not open, `ENOTSUP` for any other. */
export function socketFunctions({ descriptors }: WasiContext): WasiFunctions {
  const refuse = (number: number): never => {
    descriptors.get(number);
    return fail("notsup");
  };
  return { sock_accept: refuse, sock_recv: refuse, sock_send: refuse, sock_shutdown: refuse };
}
