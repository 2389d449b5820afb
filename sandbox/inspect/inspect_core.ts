import type { Grants } from "../artifact.ts";
import { describeCore, hintOf } from "../wasi/prepare.ts";
import { refusalOf } from "../wasi/granted_imports.ts";
import { type Signature, signatureText } from "../wasi/signature.ts";
import { uselessGrants } from "../wasi/useless_grants.ts";
import { memoriesOf } from "./inspect_component.ts";
import { type Inspection, MOST_FACTS } from "./inspection.ts";

const KINDS = { command: "wasi command", reactor: "wasi reactor", plain: "core module" } as const;

/**
 * Says what is in a core module.
 *
 * @throws WasmFormatError for one that cannot be read.
 */
export function inspectCore(
  bytes: Uint8Array,
  grants: Grants | undefined,
): Omit<Inspection, "grants"> {
  const description = describeCore(bytes);
  const { shape, imports, exports, refusals } = description;
  return {
    kind: KINDS[shape],
    bytes: bytes.length,
    isRead: true,
    imports: imports.slice(0, MOST_FACTS).map((it) => ({
      name: `${it.module}.${it.name}`,
      granted: refusalOf(it) === undefined,
      what: it.signature ? signatureText(it.signature) : it.kind,
    })),
    exports: [...exports].slice(0, MOST_FACTS).map(([name, { kind, signature }]) => ({
      name,
      type: signature ? signatureText(signature) : kind,
      call: callOf(shape, name, signature),
    })),
    omitted: {
      imports: Math.max(0, imports.length - MOST_FACTS),
      exports: Math.max(0, exports.size - MOST_FACTS),
    },
    memories: memoriesOf(bytes, 0),
    coreModules: 1,
    refusals: [...refusals, ...uselessGrants(description, grants)],
    hint: hintOf(description) ?? null,
  };
}

/** A command is called by any name, and by none of its exports. */
function callOf(shape: string, name: string, signature: Signature | undefined): string | null {
  const isCallable = shape !== "command" && name !== "_initialize" && signature !== undefined;
  return isCallable ? name : null;
}
