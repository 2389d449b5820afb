import { availableParallelism, cpus, release, totalmem, type } from "node:os";
import { bunRuntime, denoRuntime, nodeRuntime } from "../../tests/runner/runtimes.ts";

/** What the figures were measured on, a line each. */
export function describeMachine(): string[] {
  const model = cpus()[0]?.model.trim() ?? "unknown processor";
  const gibibytes = Math.round(totalmem() / 2 ** 30);
  const runtimes = [denoRuntime(), bunRuntime(), nodeRuntime()].map((runtime) =>
    runtime.found ? `${runtime.name} ${runtime.version}` : `no ${runtime.name}`
  );
  return [
    `${model}, ${availableParallelism()} cores, ${gibibytes} GiB, ${type()} ${release()}`,
    runtimes.join(", "),
  ];
}
