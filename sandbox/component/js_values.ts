/** Values of components as JavaScript has them, and back: driven by their types. */
export { JsValueError } from "./js_error.ts";
export { type JsResult, resultToJs, valueToJs } from "./js_from_component.ts";
export { camelCase } from "./js_names.ts";
export { argumentsFromJs, valueFromJs } from "./js_to_component.ts";
