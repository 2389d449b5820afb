import type { ExternDescription, InterfaceDescription } from "../component/describe.ts";
import { camelCase } from "../component/js_values.ts";
import { parseInterfaceName } from "../component/link/interface_name.ts";
import { GRANTED_INTERFACES } from "../component/wasi/mod.ts";
import { functionText, type TypeNames } from "../component/wit_text.ts";
import { type ExportFact, type ImportFact, MOST_FACTS } from "./inspection.ts";

/** Most characters of a type. */
const MOST_CHARACTERS = 300;

/** The first of what there is, and how many more there are. */
export interface Facts<Fact> {
  facts: Fact[];
  omitted: number;
}

/** What a component imports. */
export function importFacts(all: readonly ExternDescription[]): Facts<ImportFact> {
  const facts = all.slice(0, MOST_FACTS).map(importFact);
  return { facts, omitted: all.length - facts.length };
}

function importFact({ name, sort }: ExternDescription): ImportFact {
  const own = parseInterfaceName(name).name;
  const granted = GRANTED_INTERFACES.find((it) => it.name === own);
  return { name, granted: granted !== undefined, what: granted?.gives ?? sort };
}

/** What a component exports: of an interface, each function as well. Instances may stand under many names. */
export function exportFacts(all: readonly ExternDescription[]): Facts<ExportFact> {
  const namesOf = namesOfTypes();
  const facts: ExportFact[] = [];
  let total = 0;
  for (const described of all) {
    total += described.sort === "interface" ? 1 + described.interface.functions.size : 1;
    const room = MOST_FACTS - facts.length;
    if (room > 0) facts.push(...factsOf(described, room, namesOf));
  }
  return { facts, omitted: total - facts.length };
}

function factsOf(
  described: ExternDescription,
  room: number,
  namesOf: (described: InterfaceDescription) => TypeNames,
): ExportFact[] {
  const { name } = described;
  if (described.sort === "function") {
    const type = functionText(described.type, undefined, MOST_CHARACTERS);
    return [{ name, type, call: camelCase(name) }];
  }
  if (described.sort !== "interface") return [{ name, type: described.sort, call: null }];
  const { functions } = described.interface;
  const inside = [...functions].slice(0, room - 1).map(([inner, type]): ExportFact => ({
    name: `${name}#${inner}`,
    type: functionText(type, namesOf(described.interface), MOST_CHARACTERS),
    call: inner.startsWith("[") ? null : camelCase(inner),
  }));
  return [{ name, type: "interface", call: null }, ...inside];
}

/** Names of an interface's types by type, put together once for each. */
function namesOfTypes(): (described: InterfaceDescription) => TypeNames {
  const known = new Map<InterfaceDescription, TypeNames>();
  return (described) => {
    const names = known.get(described) ??
      new Map([...described.types].map(([name, type]) => [type, name]));
    known.set(described, names);
    return names;
  };
}
