import type { ComponentValue, FunctionType, ResourceType } from "./types.ts";

/** A function of the host that a component may import. */
export interface HostFunction {
  type: FunctionType;
  /**
   * Does the work. What it throws ends the call: nothing of it reaches the component. It must be bounded in
   * time and memory by what it charges as fuel, and keep no state but the world's.
   *
   * @param args values of the parameters' types: checked, so they may be trusted to be of their types.
   * @returns a value of the result's type; undefined where there is none.
   */
  call(...args: ComponentValue[]): ComponentValue | undefined;
}

/** A resource of the host: its representations are immutable objects. */
export interface HostResource {
  type: ResourceType;
}

/** An interface that the host grants, such as `wasi:cli/stdout@0.2.0`. */
export interface HostInterface {
  /** Without version: `wasi:cli/stdout`. */
  name: string;
  /** The version that is implemented, such as `0.2.8`: any that semver finds compatible may import it. */
  version: string;
  /** By name in WIT: `output-stream`. */
  resources: ReadonlyMap<string, HostResource>;
  /** By name in WIT: `get-stdout`, `[method]output-stream.write`. */
  functions: ReadonlyMap<string, HostFunction>;
}
