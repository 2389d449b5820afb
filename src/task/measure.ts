import { copyList, copyValue } from "./copy.ts";
import { problem, quote } from "./fields.ts";
import type { ParsedTask } from "./parse.ts";

/**
 * Reads the metrics of an output, in the task's order. `null` stands for no value: the metric says that
 * there is none, throws over this output, or gives what is no finite number.
 *
 * @throws {TaskError} When a metric gives something else, such as a promise.
 */
export function measure(task: ParsedTask, output: unknown, input: unknown[]): (number | null)[] {
  const values: (number | null)[] = [];
  for (const [name, metric] of task.metrics) {
    values.push(finite(name, valueOf(() => metric.value(copyValue(output), ...copyList(input)))));
  }
  return values;
}

/** A wrong arm's output may be anything: a metric that cannot read it has no value. */
function valueOf(read: () => unknown): unknown {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function finite(name: string, value: unknown): number | null {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (value === undefined || value === null) return null;
  throw problem(`metric ${quote(name)}`, "a function that returns a number or undefined", value);
}
