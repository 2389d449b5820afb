import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../../house/sources.ts";
import { findNatsServer } from "../../runner/nats_server.ts";
import { freePort } from "./nats_server.ts";

/** A folder with all that a server reads: removed with the server. */
export class ServerFolder {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  /** One with a configuration of a test's own; what it stores goes into `js`, beside it. */
  static async of(config: string): Promise<ServerFolder> {
    const folder = new ServerFolder(await mkdtemp(join(tmpdir(), "cupel-nats-")));
    await writeFile(join(folder.path, "nats.conf"), config);
    return folder;
  }

  /** One with what is in `deploy/nats`, and the secrets and certificates that its scripts make. */
  static async deployed(): Promise<ServerFolder> {
    const folder = new ServerFolder(await mkdtemp(join(tmpdir(), "cupel-nats-")));
    await cp(join(ROOT, "deploy/nats"), folder.path, { recursive: true });
    folder.makeSecrets();
    folder.#run("sh", "certificates.sh");
    return folder;
  }

  /** A file of it. */
  file(...names: string[]): string {
    return join(this.path, ...names);
  }

  /** What `nats-server -t` says of a configuration. */
  check(config: string): string {
    return this.#run(natsServer(), "-t", "-c", config);
  }

  /** Makes the passwords that are not there. */
  makeSecrets(): void {
    this.#run("sh", "secrets.sh");
  }

  /** Removes it. */
  remove(): Promise<void> {
    return rm(this.path, { recursive: true, force: true });
  }

  #run(program: string, ...args: string[]): string {
    const { status, stdout, stderr } = spawnSync(program, args, {
      cwd: this.path,
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`${program} ${args.join(" ")}: ${stdout}${stderr}`);
    return stdout + stderr;
  }
}

/** A real nats-server with a configuration file, on a free port of this machine. */
export class ConfiguredServer {
  readonly port: number;
  readonly #folder: ServerFolder;
  readonly #process: ChildProcess;

  private constructor(port: number, folder: ServerFolder, process: ChildProcess) {
    this.port = port;
    this.#folder = folder;
    this.#process = process;
  }

  /** Starts one in its folder, which it removes in the end. */
  static async start(folder: ServerFolder, config = "nats.conf"): Promise<ConfiguredServer> {
    const port = await freePort();
    const args = ["-c", config, "-a", "127.0.0.1", "-p", `${port}`];
    const child = spawn(natsServer(), args, {
      cwd: folder.path,
      stdio: ["ignore", "ignore", "pipe"],
    });
    let log = "";
    await new Promise<void>((resolve, reject) => {
      child.stderr?.setEncoding("utf8").on("data", (text: string) => {
        log += text;
        if (log.includes("Server is ready")) resolve();
      });
      child.on("exit", () => reject(new Error(log)));
    });
    return new ConfiguredServer(port, folder, child);
  }

  /** Its address. */
  address(protocol: "nats" | "tls" = "nats"): string {
    return `${protocol}://127.0.0.1:${this.port}`;
  }

  /** Ends it and removes its files. */
  async close(): Promise<void> {
    const ended = once(this.#process, "exit");
    this.#process.kill("SIGKILL");
    await ended;
    await this.#folder.remove();
  }
}

function natsServer(): string {
  return findNatsServer() ?? "nats-server";
}
