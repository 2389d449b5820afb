import type { At } from "./part.ts";
import { isPlainObject } from "./part.ts";

/** What a part of the arguments was seen to be. */
export type PartKind = "argument" | "list" | "object" | "number" | "text" | "numbers" | "texts";

/** A part of the arguments, and all that it was seen to be. */
export interface Part {
  at: At;
  kinds: ReadonlySet<PartKind>;
}

/** Steps into an argument that are looked at: deeper ones are seldom what a relation is about. */
const MOST_STEPS = 3;

/** Fields of an object that are looked at. */
const MOST_FIELDS = 12;

type Path = [argument: number, ...steps: (string | number)[]];

/**
 * The parts of sampled arguments, arguments first: fields of objects, and lists of lists or of objects by
 * what is in them. Numbers and texts that are elements are no parts: they belong to their list.
 */
export function partsOf(samples: readonly (readonly unknown[])[]): Part[] {
  const found = new Map<string, { path: Path; kinds: Set<PartKind> }>();
  const note = (path: Path, value: unknown) => {
    const key = JSON.stringify(path);
    const entry = found.get(key) ?? { path, kinds: new Set() };
    found.set(key, entry);
    for (const kind of kindsOf(value)) entry.kinds.add(kind);
    if (path.length === 1) entry.kinds.add("argument");
    for (const [step, inner] of innerParts(value)) {
      if (path.length <= MOST_STEPS) note([...path, step], inner);
    }
  };
  for (const input of samples) input.forEach((value, at) => note([at], value));
  return [...found.values()]
    .sort((one, other) => one.path.length - other.path.length || one.path[0] - other.path[0])
    .map(({ path, kinds }) => ({ at: path.length === 1 ? path[0] : path, kinds }));
}

function kindsOf(value: unknown): PartKind[] {
  if (typeof value === "number") return ["number", "numbers"];
  if (typeof value === "string") return ["text", "texts"];
  const inner = hasInside(value);
  if (Array.isArray(value)) return ["list", ...inner];
  return isPlainObject(value) ? ["object", ...inner] : [];
}

/** Whether there are numbers and texts anywhere inside. */
function hasInside(value: unknown): PartKind[] {
  const kinds = new Set<PartKind>();
  const look = (item: unknown) => {
    if (typeof item === "number") kinds.add("numbers");
    else if (typeof item === "string") kinds.add("texts");
    else if (Array.isArray(item)) item.forEach(look);
    else if (isPlainObject(item)) Object.values(item).forEach(look);
  };
  look(value);
  return [...kinds];
}

function innerParts(value: unknown): [step: string, inner: unknown][] {
  if (Array.isArray(value)) {
    return value.filter((item) => typeof item === "object").map((item) => ["*", item]);
  }
  return isPlainObject(value) ? Object.entries(value).slice(0, MOST_FIELDS) : [];
}
