import * as z from "zod";
import {
  batchMessageSchema,
  deadLetterSchema,
  MESSAGE_VERSION,
  resultMessageSchema,
  runManifestSchema,
} from "./messages.ts";
import { clusterNames, tenantNames } from "./names.ts";
import { nodeEntrySchema } from "./node_registry.ts";

/** A kind of message as others may want to read and write it: see docs/schema/README.md. */
export interface PublishedMessage {
  /** Name of its file, and so its `$id`. */
  file: string;
  title: string;
  description: string;
  schema: z.ZodType;
}

const shared = clusterNames("PREFIX");
const names = tenantNames("PREFIX", "TENANT");
const batches = names.batches({ capabilityClass: "CLASS", priority: "PRIORITY", run: "RUN" });

/** Every kind of message. */
export const PUBLISHED_MESSAGES: readonly PublishedMessage[] = [
  {
    file: "batch.json",
    title: "Batch",
    description: `What a node is asked to do for a run. On subject ${
      batches.replace("*", "ID")
    }, in stream ${names.batchStream}, a work queue.`,
    schema: batchMessageSchema,
  },
  {
    file: "result.json",
    title: "Result",
    description: `What a batch came to. On subject ${
      names.result("RUN", "ID")
    }, in stream ${names.resultStream}, signed in headers Cupel-Key and Cupel-Signature.`,
    schema: resultMessageSchema,
  },
  {
    file: "run-manifest.json",
    title: "Run manifest",
    description:
      `A run as nodes read it. In key-value bucket ${names.runs}, under the run's id; its artifacts are in ` +
      `object store ${names.artifacts}.`,
    schema: runManifestSchema,
  },
  {
    file: "dead-letter.json",
    title: "Dead letter",
    description: `A batch that was given up, as its nodes died of it. On subject ${
      names.dead("RUN", "ID")
    }, in stream ${names.deadStream}.`,
    schema: deadLetterSchema,
  },
  {
    file: "node-entry.json",
    title: "Node entry",
    description:
      `What a node says of itself while it lives. In key-value bucket ${shared.nodes}, under the node's name: ` +
      "the fingerprint of its key.",
    schema: nodeEntrySchema,
  },
];

/** A kind of message as JSON Schema, draft 2020-12, of what is accepted when it is read. */
export function jsonSchemaOf(message: PublishedMessage): object {
  const { file, title, description, schema } = message;
  const { $schema, ...rest } = z.toJSONSchema(schema, {
    io: "input",
    target: "draft-2020-12",
    override: ({ zodSchema, jsonSchema }) => {
      const rules = rulesOf(zodSchema);
      if (rules !== "") jsonSchema.description = rules;
    },
  });
  const version = `Version ${MESSAGE_VERSION} of the messages.`;
  return { $schema, $id: file, title, description: `${description} ${version}`, ...rest };
}

/** What JSON Schema cannot say of a value, in the words of the messages that refuse it. */
function rulesOf({ _zod: { def } }: z.core.$ZodType): string {
  const rules = (def.checks ?? []).flatMap((check) => {
    const { error, check: kind } = check._zod.def;
    if (kind !== "custom") return [];
    const explain = error as z.core.$ZodErrorMap | undefined;
    const said = explain?.({ code: "custom", input: undefined, path: [] });
    const text = typeof said === "string" ? said : said?.message ?? "";
    return text === "" ? [] : [`${text.charAt(0).toUpperCase()}${text.slice(1)}.`];
  });
  return rules.join(" ");
}
