import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { findNatsServer } from "../../runner/nats_server.ts";

/** A real nats-server with JetStream, on a free port of this machine, its files in a folder of its own. */
export class NatsServer {
  readonly port: number;
  readonly #folder: string;
  readonly #hasJetStream: boolean;
  #process: ChildProcess | undefined;

  private constructor(port: number, folder: string, hasJetStream: boolean) {
    this.#hasJetStream = hasJetStream;
    this.port = port;
    this.#folder = folder;
  }

  /** Starts one. */
  static async start({ hasJetStream = true } = {}): Promise<NatsServer> {
    const folder = await mkdtemp(join(tmpdir(), "cupel-nats-"));
    const server = new NatsServer(await freePort(), folder, hasJetStream);
    await server.restart();
    return server;
  }

  /** Its address. */
  get url(): string {
    return `nats://127.0.0.1:${this.port}`;
  }

  /** Starts it again with what it has stored. */
  async restart(): Promise<void> {
    const storage = this.#hasJetStream ? ["-js", "-sd", this.#folder] : [];
    const args = ["-a", "127.0.0.1", "-p", `${this.port}`, ...storage];
    this.#process = spawn(findNatsServer() ?? "nats-server", args, { stdio: "ignore" });
    await this.#answers();
  }

  /** Ends it as a crash would. */
  async kill(): Promise<void> {
    const process = this.#process;
    this.#process = undefined;
    if (process === undefined) return;
    const ended = once(process, "exit");
    process.kill("SIGKILL");
    await ended;
  }

  /** Ends it as a crash would, and starts it again with nothing, as one that has lost its disk. */
  async loseDisk(): Promise<void> {
    await this.kill();
    await rm(this.#folder, { recursive: true, force: true });
    await this.restart();
  }

  /** Ends it and removes its files. */
  async close(): Promise<void> {
    await this.kill();
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #answers(): Promise<void> {
    for (;;) {
      const isUp = await new Promise<boolean>((resolve) => {
        const socket = connect(this.port, "127.0.0.1", () => {
          socket.destroy();
          resolve(true);
        });
        socket.on("error", () => resolve(false));
      });
      if (isUp) return;
      await sleep(20);
    }
  }
}

/** A port that nobody uses now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  if (typeof address !== "object" || address === null) throw new TypeError("no port");
  return address.port;
}
