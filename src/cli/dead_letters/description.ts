import type { DeadLetterEntry } from "../../cluster/dead_letter_entry.ts";
import type { ClusterJob, LetterOrigin } from "../../cluster/messages.ts";
import { cut } from "../../../sandbox/cut.ts";
import { escapeJson, escapeLine } from "../../report/escape.ts";
import { alignColumns } from "../../report/table.ts";

/** Digits of ids in tables: enough to tell them apart, and to name them. */
const SHOWN_DIGITS = 12;

/** Characters of names in tables. */
const MOST_SHOWN = 40;

/** A dead letter in short, as `--json` has it. */
export interface DeadLetterSummary {
  number: number;
  run: string;
  batch: string;
  storedAt: string;
  /** What the run is called, and its files; where the letter says it. */
  of?: LetterOrigin;
  /** What the letter says, where it can be read. */
  job?: ClusterJob["kind"];
  /** Of the job's cases, as people read it. */
  cases?: string;
  capabilityClass?: string;
  priority?: string;
  deliveries?: number;
  node?: string;
  createdAt?: string;
  /** Why it cannot be read, where it cannot. */
  reason?: string;
}

/** A dead letter in short; without its body, of which there may be many. */
export function summaryOf(entry: DeadLetterEntry): DeadLetterSummary {
  const { number, run, batch, storedAt, letter, reason } = entry;
  const common = { number, run, batch, storedAt };
  if (letter === undefined) return { ...common, reason: reason ?? "" };
  const { batch: { job, capabilityClass, priority }, of, deliveries, node, createdAt } = letter;
  return {
    ...common,
    ...(of === undefined ? {} : { of }),
    job: job.kind,
    cases: casesOf(job),
    capabilityClass,
    priority,
    deliveries,
    node,
    createdAt,
  };
}

function casesOf(job: ClusterJob): string {
  switch (job.kind) {
    case "describe":
      return "";
    case "cases":
      return `${job.batch.start} to ${job.batch.end - 1}`;
    case "shrink":
      return `${job.request.index}`;
    case "examine":
      return `${job.cases.length} of them`;
  }
}

const HEAD = ["number", "run", "candidate", "batch", "job", "class", "deliveries", "given up"];

/** A table of dead letters for people; those that cannot be read say why. */
export function tableOf(summaries: DeadLetterSummary[]): string[] {
  const rows = summaries.map((one) => {
    const { number, run, of, batch, job, cases, capabilityClass, deliveries } = one;
    return [
      `${number}`,
      of === undefined ? short(run) : cut(of.name, MOST_SHOWN),
      cut(of?.candidate ?? "", MOST_SHOWN),
      short(batch),
      job === undefined ? "cannot be read" : `${job} ${cases}`.trim(),
      capabilityClass ?? "",
      deliveries === undefined ? "" : `${deliveries}`,
      (one.createdAt ?? one.storedAt).replace(/\.\d+Z$/, "Z"),
    ].map(escapeLine);
  });
  return alignColumns([HEAD, ...rows], [
    "right",
    "left",
    "left",
    "left",
    "left",
    "left",
    "right",
    "left",
  ]);
}

function short(id: string): string {
  return id.slice(0, SHOWN_DIGITS);
}

/** All of one dead letter for people, a line a field. */
export function linesOf(entry: DeadLetterEntry): string[] {
  const { number, subject, run, batch, storedAt, letter, reason, bytes } = entry;
  const rows = [["number", `${number}`], ...originRows(letter?.of)];
  rows.push(["run's id", run], ["batch", batch], ["subject", subject]);
  if (letter === undefined) {
    rows.push(["job", "cannot be read"], ["why", reason ?? ""], ["bytes", `${bytes.length}`]);
  } else {
    const { job, capabilityClass, priority, epoch, createdAt } = letter.batch;
    rows.push(
      ["job", `${job.kind} ${casesOf(job)}`.trim()],
      ["class", capabilityClass],
      ["priority", priority],
      ["epoch", `${epoch}`],
      ["deliveries", `${letter.deliveries}`],
      ["given up by", `node ${letter.node}`],
      ["published", createdAt],
      ["given up", letter.createdAt],
    );
  }
  rows.push(["stored", storedAt]);
  return alignColumns(rows.map((row) => row.map(escapeLine)), ["left", "left"]);
}

function originRows(of: LetterOrigin | undefined): string[][] {
  if (of === undefined) return [];
  const { name, seed, task, baseline, candidate } = of;
  const files = [["task", task], ["baseline", baseline], ["candidate", candidate]];
  return [["run", name], ...files, ["seed", `${seed}`]];
}

/** All of a dead letter as data: what it holds as JSON where it is JSON, else its bytes in base64. */
export function recordOf(entry: DeadLetterEntry): Record<string, unknown> {
  const { number, subject, run, batch, storedAt, letter, reason, bytes } = entry;
  const common = { number, subject, run, batch, storedAt };
  if (letter === undefined) {
    return { ...common, reason, base64: Buffer.from(bytes).toString("base64") };
  }
  // As it stands in the stream, with keys that this version does not know.
  return { ...common, message: JSON.parse(new TextDecoder().decode(bytes)) };
}

/** A dead letter as a line of JSON. */
export function jsonLineOf(entry: DeadLetterEntry): string {
  return `${escapeJson(JSON.stringify(recordOf(entry)))}\n`;
}
