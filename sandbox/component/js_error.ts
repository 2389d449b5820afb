/** A JavaScript value that is no value of the type that is asked for. */
export class JsValueError extends Error {
  override readonly name = "JsValueError";
}

/** Most characters of a value in a message. */
const MOST_SHOWN = 60;

/** Most characters of what a value must be: a type may have many names. */
const MOST_WANTED = 500;

/** A value for a message. Nothing of it is called. */
export function shown(value: unknown): string {
  switch (typeof value) {
    case "string":
      return JSON.stringify(value.length > MOST_SHOWN ? `${value.slice(0, MOST_SHOWN)}…` : value);
    case "number":
      return Object.is(value, -0) ? "-0" : String(value);
    case "bigint":
      // Printing takes time that grows with the square of the digits.
      return BigInt.asIntN(128, value) === value ? `${value}n` : "a bigint of more than 128 bits";
    case "object":
      return shownObject(value);
    case "function":
    case "symbol":
      return `a ${typeof value}`;
    default:
      return String(value);
  }
}

function shownObject(value: object | null): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return `an array of length ${value.length}`;
  if (ArrayBuffer.isView(value)) return "a typed array";
  return "an object";
}

/** Says at which part of an argument something is wrong: `argument 1[3].size must be …`. */
export function mustBe(path: string, wanted: string, value: unknown): JsValueError {
  const cut = wanted.length > MOST_WANTED ? `${wanted.slice(0, MOST_WANTED)}…` : wanted;
  return new JsValueError(`${path} must be ${cut}: current value is ${shown(value)}`);
}
