export { checkGrants, type Component, readComponent } from "./component.ts";
export { isComponent } from "./binary/decode.ts";
export type { ExternDescription, InterfaceDescription } from "./describe.ts";
export {
  ComponentFormatError,
  ComponentLoadError,
  ComponentTrap,
  LiftLimitError,
} from "./errors.ts";
export type { HostFunction, HostInterface, HostResource } from "./host.ts";
export {
  type ExportedFunction,
  loadComponent,
  LoadedComponent,
  type LoadOptions,
} from "./loaded.ts";
export type { Store } from "./store.ts";
export * from "./types.ts";
export { definitionText, functionText, typeText } from "./wit_text.ts";
export {
  argumentsFromJs,
  camelCase,
  type JsResult,
  JsValueError,
  resultToJs,
} from "./js_values.ts";
