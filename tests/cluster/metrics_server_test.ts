import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { connect } from "node:net";
import { fileURLToPath } from "node:url";
import { Counter, Gauge, Registry } from "prom-client";
import ts from "typescript";
import { afterEach, describe, expect, test } from "vitest";
import * as z from "zod";
import { parseMetricsPort } from "../../src/cli/input/metrics_port.ts";
import {
  cannotListen,
  type MetricsServer,
  serveMetrics,
} from "../../src/cluster/metrics/server.ts";
import { CupelError } from "../../src/errors.ts";
import { productSources } from "../house/sources.ts";
import { bunRuntime, denoRuntime, nodeRuntime } from "../runner/runtimes.ts";
import { parseExposition, valuesOf } from "./support/exposition.ts";

describe("the server of metrics", () => {
  const open: MetricsServer[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((server) => server.close()));
  });

  async function serve(registry = new Registry()) {
    const server = await serveMetrics({ port: 0, registry });
    open.push(server);
    return server;
  }

  test("serves metrics and health to this machine, and nothing else", async () => {
    const registry = new Registry();
    new Counter({ name: "a_total", help: "A.", registers: [registry] }).inc(3);
    const { url } = await serve(registry);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/metrics$/);
    const metrics = await fetch(`${url}?x=1`);
    expect(metrics.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
    expect(valuesOf(parseExposition(await metrics.text()), "a_total")).toEqual({ "": 3 });
    const ask = async (path: string, method = "GET") => {
      const response = await fetch(new URL(path, url), { method });
      await response.text();
      return response;
    };
    expect((await ask("/healthz")).status).toBe(200);
    expect((await ask("/")).status).toBe(404);
    expect((await ask("/metrics/x")).status).toBe(404);
    const refused = await ask("/metrics", "POST");
    expect([refused.status, refused.headers.get("allow")]).toEqual([405, "GET"]);
  });

  test("says 500 where the metrics cannot be collected, and lives on", async () => {
    const registry = new Registry();
    const collect = () => Promise.reject(new Error("no"));
    new Gauge({ name: "a", help: "A.", registers: [registry], collect });
    const { url } = await serve(registry);
    for (const _ of [1, 2]) {
      const response = await fetch(url);
      await response.text();
      expect(response.status).toBe(500);
    }
  });

  test("names the option where the port cannot be had", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = z.object({ port: z.number() }).parse(other.address());
    const refused = serveMetrics({ port, registry: new Registry() });
    await expect(refused).rejects.toThrow(
      `Cannot use --metrics-port as it must be a port that nobody else listens on: current value is ${port}`,
    );
    await expect(refused).rejects.toBeInstanceOf(CupelError);
    await new Promise((resolve) => other.close(resolve));

    const denied = Object.assign(new Error("listen EACCES"), { code: "EACCES" });
    expect(cannotListen(denied, 80)).toMatchObject({
      code: "bad-input",
      message: expect.stringMatching(/--metrics-port .* this user .*: current value is 80$/),
    });
    expect(cannotListen("odd", 80)).toBe("odd");
  });

  test("closes though clients hang: one in its request, one that waits for an answer", async () => {
    const registry = new Registry();
    const asked = Promise.withResolvers<void>();
    const collect = () => {
      asked.resolve();
      return new Promise<void>(() => {});
    };
    new Gauge({ name: "a", help: "A.", registers: [registry], collect });
    const { url, close } = await serveMetrics({ port: 0, registry });
    const clients = ["GET /met", "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n"].map((text) => {
      const client = connect(Number(new URL(url).port), "127.0.0.1");
      client.on("error", () => {});
      client.write(text);
      return { client, closed: once(client, "close") };
    });
    await asked.promise;
    await close();
    await Promise.all(clients.map(({ closed }) => closed));
    await expect(fetch(url)).rejects.toThrow();
  });
});

describe("--metrics-port", () => {
  test("is a port, or nothing", () => {
    expect(parseMetricsPort({})).toBeUndefined();
    expect(parseMetricsPort({ metricsPort: "0" })).toBe(0);
    expect(parseMetricsPort({ metricsPort: "65535" })).toBe(65_535);
    expect(() => parseMetricsPort({ metricsPort: "65536" })).toThrow(
      'Cannot use --metrics-port as it must be a whole number from 0 to 65535: current value is "65536"',
    );
  });

  test.each([["Deno", denoRuntime], ["Bun", bunRuntime], ["Node", nodeRuntime]])(
    "serves on %s, and does not keep the process alive",
    (_name, find) => {
      const runtime = find();
      if (!runtime.found) throw new Error(runtime.reason);
      const [command = "", ...args] = runtime.command;
      const program = fileURLToPath(new URL("./programs/metrics.ts", import.meta.url));
      const ended = spawnSync(command, [...args, program], { encoding: "utf8" });
      expect(ended.stderr).toMatch(/metrics at http:\/\/127\.0\.0\.1:\d+\/metrics\n/);
      expect(ended.status).toBe(0);
      const families = parseExposition(ended.stdout);
      expect(valuesOf(families, "cupel_node_batches_redelivered_total")).toEqual({ cpu: 1 });
    },
  );
});

test("what serves metrics is loaded late: nothing else imports it, types apart", () => {
  const late = /^prom-client$|(^\.|\/cluster)\/metrics\//;
  const others = productSources().filter(({ path }) => !path.startsWith("src/cluster/metrics/"));
  const early = others.flatMap(({ path, tree }) =>
    tree.statements
      .filter((node) => ts.isImportDeclaration(node) && !node.importClause?.isTypeOnly)
      .map((node) => ts.isImportDeclaration(node) ? node.moduleSpecifier.getText(tree) : "")
      .filter((specifier) => late.test(specifier.slice(1, -1)))
      .map((specifier) => `${path} imports ${specifier}`)
  );
  expect(early).toEqual([]);
});
