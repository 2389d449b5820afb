import { encode } from "../../sandbox/values/encode.ts";
import type { CallDetail, CaseDetail, ShownValue } from "../evaluate/case_detail.ts";
import { printableJson } from "./printable_json.ts";

/** Version of the shape that `cupel replay --json` prints. */
const SCHEMA_VERSION = 1;

/** Cases in full as JSON, with a line feed at the end. Values carry the value codec's tags. */
export function detailsJson(details: readonly CaseDetail[]): string {
  const cases = details.map(plainDetail);
  return printableJson({ schemaVersion: SCHEMA_VERSION, cases });
}

function plainDetail(detail: CaseDetail): unknown {
  if (!detail.valid) return detail;
  const { baseline, candidate } = detail.arms;
  return {
    ...detail,
    input: plainValue(detail.input),
    arms: {
      baseline: { result: baseline.result, calls: baseline.calls.map(plainCall) },
      candidate: { result: candidate.result, calls: candidate.calls.map(plainCall) },
    },
  };
}

function plainCall({ input, answer, ...call }: CallDetail): unknown {
  return {
    ...call,
    input: plainValue(input),
    answer: answer.ok ? { ok: true, output: plainValue(answer.output) } : answer,
  };
}

function plainValue({ value, text }: ShownValue): unknown {
  return { value: JSON.parse(encode(value)), ...(text === undefined ? {} : { text }) };
}
