import {
  jetstream,
  JetStreamApiError,
  type JetStreamClient,
  type JetStreamManager,
  jetstreamManager,
} from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";
import { connectTo } from "../../../src/cluster/connection.ts";
import { ConfiguredServer, ServerFolder } from "./configured_server.ts";

const FILLER = "filler";

/** Bytes of the messages that fill a server, the largest first: the last of them leave no room for others. */
const SIZES = [256 * 1024, 16 * 1024, 1024, 64, 0];

/** A real nats-server that has little room, which a test can take and give back. */
export class FullServer {
  readonly #server: ConfiguredServer;
  readonly #connection: NatsConnection;
  readonly #bytes: number;
  readonly client: JetStreamClient;
  readonly manager: JetStreamManager;

  private constructor(
    server: ConfiguredServer,
    connection: NatsConnection,
    manager: JetStreamManager,
    bytes: number,
  ) {
    this.#bytes = bytes;
    this.#server = server;
    this.#connection = connection;
    this.client = jetstream(connection);
    this.manager = manager;
  }

  /** Starts one with so much room for files. @param whose Whose room it is. */
  static async start(bytes: number, whose: "server" | "account" = "server"): Promise<FullServer> {
    const room = whose === "server"
      ? `jetstream { store_dir: "js", max_file_store: ${bytes} }`
      : `jetstream { store_dir: "js" }
        accounts { A { users: [{ user: a, password: a }], jetstream { max_file: ${bytes} } } }
        no_auth_user: a`;
    const server = await ConfiguredServer.start(await ServerFolder.of(room));
    const connection = await connectTo({ servers: [server.address()], name: "filler" });
    const manager = await jetstreamManager(connection);
    await manager.streams.add({ name: FILLER, subjects: [FILLER] });
    return new FullServer(server, connection, manager, bytes);
  }

  /** Its address. */
  get url(): string {
    return this.#server.address();
  }

  /** Takes most of the room, so that taking the rest is quick. */
  async fillMost(): Promise<void> {
    const [size = 0] = SIZES;
    const used = async () => (await this.manager.getAccountInfo()).storage;
    while (await used() + 2 * size < this.#bytes) await this.#takes(size);
  }

  /** Takes all the room that there is. */
  async fill(): Promise<void> {
    for (const size of SIZES) {
      while (await this.#takes(size));
    }
  }

  /** Gives back what was taken. */
  async makeRoom(): Promise<void> {
    await this.manager.streams.purge(FILLER);
  }

  /** Ends it and removes its files. */
  async close(): Promise<void> {
    await this.#connection.close();
    await this.#server.close();
  }

  async #takes(size: number): Promise<boolean> {
    try {
      await this.client.publish(FILLER, new Uint8Array(size));
      return true;
    } catch (error) {
      if (error instanceof JetStreamApiError) return false;
      throw error;
    }
  }
}
