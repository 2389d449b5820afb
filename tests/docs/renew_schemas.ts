/**
 * Writes docs/schema/*.json anew from the schemas that messages are parsed by. For after a change of
 * src/cluster/messages.ts: `deno run -A tests/docs/renew_schemas.ts`.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { jsonSchemaOf, PUBLISHED_MESSAGES } from "../../src/cluster/message_schemas.ts";
import { ROOT } from "../house/sources.ts";

const folder = join(ROOT, "docs", "schema");
mkdirSync(folder, { recursive: true });
for (const file of readdirSync(folder)) if (file.endsWith(".json")) rmSync(join(folder, file));
for (const message of PUBLISHED_MESSAGES) {
  const text = JSON.stringify(jsonSchemaOf(message), null, 2);
  writeFileSync(join(folder, message.file), `${text}\n`);
}
