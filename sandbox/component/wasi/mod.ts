/** The interfaces of WASI 0.2 that components are granted, over a world in which there is little. */
import type { World } from "../../world/world.ts";
import type { HostInterface } from "../host.ts";
import { environmentInterface } from "./environment.ts";
import { errorInterface } from "./error.ts";
import { exitInterface } from "./exit.ts";
import { filesystemTypesInterface, preopensInterface } from "./filesystem.ts";
import type { WasiHost } from "./host.ts";
import { monotonicClockInterface } from "./monotonic_clock.ts";
import { pollInterface } from "./poll.ts";
import { insecureInterface, insecureSeedInterface, randomInterface } from "./random.ts";
import { stderrInterface, stdinInterface, stdoutInterface } from "./stdio.ts";
import { streamsInterface } from "./streams.ts";
import { terminalInterfaces } from "./terminal.ts";
import { wallClockInterface } from "./wall_clock.ts";

export { GRANTED_INTERFACES, type GrantedInterface } from "./granted.ts";
export type { WasiHost } from "./host.ts";

/**
 * The granted interfaces for components that see `world`, by their names without version. They keep no state
 * of their own: handles that a component made stay valid when the world begins anew.
 */
export function wasiInterfaces(world: World, host: WasiHost): ReadonlyMap<string, HostInterface> {
  const context = { world, host };
  const interfaces = [
    environmentInterface,
    exitInterface,
    stdinInterface,
    stdoutInterface,
    stderrInterface,
    terminalInterfaces,
    monotonicClockInterface,
    wallClockInterface,
    preopensInterface,
    filesystemTypesInterface,
    errorInterface,
    pollInterface,
    streamsInterface,
    insecureInterface,
    insecureSeedInterface,
    randomInterface,
  ].flatMap((define) => define(context));
  return new Map(interfaces.map((it) => [it.name, it]));
}
