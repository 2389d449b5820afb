import { afterAll, beforeAll, beforeEach } from "vitest";
import { findNatsServer } from "../../runner/nats_server.ts";
import { NatsServer } from "./nats_server.ts";

/** A server of a test file's own. */
export type OwnServer = Pick<NatsServer, "url" | "kill" | "restart" | "loseDisk">;

/**
 * Has a nats-server for the tests of a file, from before the first to after the last; where there is none on
 * the machine, they are skipped.
 *
 * @param prepare What else is to be done before the first test.
 */
export function ownServer(prepare: () => void | Promise<void> = () => {}): OwnServer {
  let server: NatsServer | undefined;
  beforeAll(async () => {
    if (findNatsServer() === undefined) return;
    server = await NatsServer.start();
    await prepare();
  });
  beforeEach(({ skip }) => {
    if (findNatsServer() === undefined) {
      skip("there is no nats-server: see tests/runner/nats_server.ts");
    }
  });
  afterAll(() => server?.close());
  const started = () => {
    if (server === undefined) throw new Error("Cannot use the server before the first test");
    return server;
  };
  return {
    get url() {
      return started().url;
    },
    kill: () => started().kill(),
    restart: () => started().restart(),
    loseDisk: () => started().loseDisk(),
  };
}
