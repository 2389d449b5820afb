import { once } from "node:events";
import { connect } from "node:net";
import { openNodeMetrics } from "../../../src/cli/input/metrics_port.ts";
import { stderr, stdout } from "../../../src/runtime/host.ts";

// Serves metrics, reads them, and closes while a client hangs: then nothing may keep it alive.
const metrics = await openNodeMetrics({ metricsPort: "0" }, { stderr });
if (metrics === undefined) throw new TypeError("no metrics");
metrics.observe({ kind: "delivered", capabilityClass: "cpu", attempt: 1 });
const text = await (await fetch(metrics.url)).text();
const hanging = connect(Number(new URL(metrics.url).port), "127.0.0.1");
await once(hanging, "connect");
hanging.on("error", () => {});
hanging.write("GET /metrics HTTP/1.1\r\n");
await metrics.close();
stdout.write(text);
