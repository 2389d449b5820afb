import { once } from "node:events";
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from "node:http";
import type { Registry } from "prom-client";
import { CupelError } from "../../errors.ts";

/** What is served, and where. */
export interface MetricsServerOptions {
  /** 0 chooses a free one. */
  port: number;
  /** Address to listen on; by default only this machine can reach it. */
  host?: string;
  registry: Registry;
}

/** A server of metrics that listens. */
export interface MetricsServer {
  /** Where the metrics are: `http://127.0.0.1:9464/metrics`. */
  url: string;
  /** Stops it; who still reads is cut off. */
  close(): Promise<void>;
}

/**
 * Serves metrics over HTTP: `GET /metrics`, and `GET /healthz` for who only asks whether the process lives.
 *
 * @throws {CupelError} `bad-input` where the port cannot be had.
 */
export async function serveMetrics(
  { port, host = "127.0.0.1", registry }: MetricsServerOptions,
): Promise<MetricsServer> {
  const server = createServer(answering(registry));
  try {
    server.listen(port, host);
    await once(server, "listening");
  } catch (error) {
    throw cannotListen(error, port);
  }
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${portOf(server)}/metrics`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answering(registry: Registry): RequestListener {
  return (request, response) => {
    answer(registry, request, response).catch(() => {
      if (!response.headersSent) response.writeHead(500, { "content-type": "text/plain" });
      response.end("cannot collect the metrics\n");
    });
  };
}

async function answer(
  registry: Registry,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [path] = (request.url ?? "").split("?");
  const say = (status: number, text: string, headers: Record<string, string> = {}) => {
    response.writeHead(status, { "content-type": "text/plain; charset=utf-8", ...headers });
    response.end(text);
  };
  if (request.method !== "GET") return say(405, "only GET\n", { allow: "GET" });
  if (path === "/healthz") return say(200, "ok\n");
  if (path !== "/metrics") return say(404, "there is /metrics and /healthz\n");
  say(200, await registry.metrics(), { "content-type": registry.contentType });
}

function portOf(server: Server): number {
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new TypeError("no port");
  return address.port;
}

const MUST: ReadonlyMap<unknown, string> = new Map([
  ["EADDRINUSE", "a port that nobody else listens on"],
  ["EACCES", "a port that this user may listen on, such as one above 1023"],
]);

/**
 * Why a port could not be had, for the user.
 *
 * @param error What listening gave.
 * @returns A {@linkcode CupelError} `bad-input`, or the error itself where it is none of the user's.
 */
export function cannotListen(error: unknown, port: number): unknown {
  const must = error instanceof Error && "code" in error ? MUST.get(error.code) : undefined;
  if (must === undefined) return error;
  return new CupelError(
    "bad-input",
    `Cannot use --metrics-port as it must be ${must}: current value is ${port}`,
    { cause: error },
  );
}
