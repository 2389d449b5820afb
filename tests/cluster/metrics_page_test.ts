import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { ROOT } from "../house/sources.ts";
import { metricsOfRoles } from "./support/metric_roles.ts";

describe("docs/metrics.md", () => {
  const page = readFileSync(`${ROOT}/docs/metrics.md`, "utf8");
  const codes = (text: string) => [...text.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code);

  /** Rows of the tables of metrics below a heading. */
  function rowsBelow(heading: string) {
    const [, section = ""] = page.split(`\n## ${heading}\n`);
    const [text = ""] = section.split("\n## ");
    return [...text.matchAll(/^\| `(cupel_\w+)` \| (\w+) \|([^|]*)\| (\S.*) \|$/gm)]
      .map(([, name, type, labels = ""]) => ({ name, type, labels: codes(labels) }))
      .sort(byName);
  }

  test.each(["Node", "Controller", "Spawner", "Cluster"] as const)(
    "has exactly the metrics of a %s",
    async (role) => {
      const metrics = await metricsOfRoles[role]();
      expect(metrics.length).toBeGreaterThan(2);
      expect(rowsBelow(role)).toEqual(metrics.sort(byName));
    },
  );

  test("explains every label, and alerts on metrics that are there", () => {
    const [, labels = ""] = /## Labels\n([^#]+)/.exec(page) ?? [];
    const explained = [...labels.matchAll(/^\| `(\w+)`/gm)].map(([, label]) => label);
    const roles = ["Node", "Controller", "Spawner", "Cluster"].flatMap(rowsBelow);
    expect(new Set(explained)).toEqual(new Set(roles.flatMap((row) => row.labels)));
    const [, alerts = ""] = page.split("```yaml\n");
    const used = [...alerts.matchAll(/\bcupel_\w+/g)].map(([name]) => name);
    expect(used.length).toBeGreaterThan(5);
    expect(roles.map(({ name }) => name)).toEqual(expect.arrayContaining(used));
  });
});

function byName(one: { name?: string }, other: { name?: string }): number {
  return String(one.name) < String(other.name) ? -1 : 1;
}
