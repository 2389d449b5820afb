/** One line of a value. */
export interface Sample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

/** All of one metric. */
export interface Family {
  name: string;
  type: string;
  help: string;
  samples: Sample[];
}

const FAMILY = /^# HELP (\S+) (.+)\n# TYPE (\S+) (counter|gauge|histogram)((?:\n[^\n#]+)*)$/;
const SAMPLE = /^([a-z_]+)(?:\{(.+)\})? (\+Inf|NaN|-?\d+(?:\.\d+)?(?:e[+-]\d+)?)$/;
const LABEL = /^([a-z_]+)="([^"\\\n]*)"$/;

/**
 * Reads the text format of Prometheus, more strictly than Prometheus does.
 *
 * @throws For what is not in the form, twice there, or against the conventions of names.
 */
export function parseExposition(text: string): Map<string, Family> {
  if (!text.endsWith("\n")) throw new Error("does not end with a line's end");
  const families = new Map<string, Family>();
  for (const block of text.trimEnd().split("\n\n")) {
    const family = parseFamily(block);
    if (families.has(family.name)) throw new Error(`${family.name} is there twice`);
    families.set(family.name, family);
  }
  return families;
}

function parseFamily(block: string): Family {
  const [, name = "", help = "", typed, type = "", lines = ""] = FAMILY.exec(block) ?? [];
  if (name === "" || name !== typed) throw new Error(`no family: ${block}`);
  if ((type === "counter") !== name.endsWith("_total")) throw new Error(`no name: ${name}`);
  const samples = lines.split("\n").filter((line) => line !== "").map(parseSample);
  const suffixes = type === "histogram" ? ["_bucket", "_sum", "_count"] : [""];
  const series = samples.map((sample) => JSON.stringify([sample.name, sample.labels]));
  if (new Set(series).size !== series.length) throw new Error(`a series is there twice: ${name}`);
  for (const sample of samples) {
    if (!suffixes.some((suffix) => sample.name === name + suffix)) {
      throw new Error(`${sample.name} is not of ${name}`);
    }
  }
  if (type === "histogram") checkHistogram(name, samples);
  return { name, type, help, samples };
}

function parseSample(line: string): Sample {
  const [, name = "", text = "", value = ""] = SAMPLE.exec(line) ?? [];
  if (name === "") throw new Error(`no sample: ${line}`);
  const labels = text.split(",").filter((part) => part !== "").map((part) => {
    const [, label = "", said = ""] = LABEL.exec(part) ?? [];
    if (label === "") throw new Error(`no label: ${line}`);
    return [label, said] as const;
  });
  return {
    name,
    labels: Object.fromEntries(labels),
    value: Number(value.replace("+Inf", "1e999")),
  };
}

/** Buckets must grow, and the last must hold all. */
function checkHistogram(name: string, samples: readonly Sample[]): void {
  for (const { labels, value: count } of samples.filter((one) => one.name === `${name}_count`)) {
    const rest = (sample: Sample) => {
      const { le: _, ...others } = sample.labels;
      return JSON.stringify(Object.entries(others).sort());
    };
    const buckets = samples.filter((one) =>
      one.name === `${name}_bucket` && rest(one) === JSON.stringify(Object.entries(labels).sort())
    );
    const counts = buckets.map(({ value }) => value);
    const grows = counts.every((value, index) => index === 0 || value >= (counts[index - 1] ?? 0));
    const last = buckets.at(-1);
    if (!grows || last?.labels["le"] !== "+Inf" || last.value !== count) {
      throw new Error(`no histogram: ${name}`);
    }
  }
}

/** The values of a metric, by its labels in one line: `cpu ok`; nothing where it has none. */
export function valuesOf(families: Map<string, Family>, name: string): Record<string, number> {
  const family = families.get(name.replace(/_(sum|count)$/, "")) ?? families.get(name);
  if (family === undefined) throw new Error(`there is no ${name}`);
  return Object.fromEntries(
    family.samples
      .filter((sample) => sample.name === name)
      .map(({ labels, value }) => [Object.values(labels).join(" "), value]),
  );
}
