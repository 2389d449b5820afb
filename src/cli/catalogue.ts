import { importLate } from "../runtime/late_import.ts";
import type { CommandEntry } from "./command.ts";

const late = <Module>(file: string) => importLate<Module>(file, import.meta.url);

/** Every command. Only the one that is asked for is loaded. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: "check-task",
    summary: "test a task's judge: which faults put into its baseline does it catch",
    load: async () =>
      (await late<typeof import("./commands/check_task.ts")>("./commands/check_task.ts"))
        .checkTaskCommand,
  },
  {
    name: "componentize",
    summary: "make a WebAssembly component of a core module and a WIT file",
    load: async () =>
      (await late<typeof import("./commands/componentize.ts")>("./commands/componentize.ts"))
        .componentizeCommand,
  },
  {
    name: "config",
    summary: "print the effective settings and where each was set",
    load: async () =>
      (await late<typeof import("./commands/config.ts")>("./commands/config.ts")).configCommand,
  },
  {
    name: "dlq",
    summary: "list batches that a cluster gave up; publish them again, export or drop them",
    load: async () =>
      (await late<typeof import("./commands/dlq.ts")>("./commands/dlq.ts")).dlqCommand,
  },
  {
    name: "evaluate",
    summary: "judge a candidate against a baseline on generated cases",
    load: async () =>
      (await late<typeof import("./commands/evaluate.ts")>("./commands/evaluate.ts"))
        .evaluateCommand,
  },
  {
    name: "inspect",
    summary: "say what is in a WebAssembly file, and what of it would be granted",
    load: async () =>
      (await late<typeof import("./commands/inspect.ts")>("./commands/inspect.ts")).inspectCommand,
  },
  {
    name: "power",
    summary: "plan how many cases a run needs",
    load: async () =>
      (await late<typeof import("./commands/power.ts")>("./commands/power.ts")).powerCommand,
  },
  {
    name: "relations",
    summary: "list the relations for tasks, or suggest some that hold for a baseline",
    load: async () =>
      (await late<typeof import("./commands/relations.ts")>("./commands/relations.ts"))
        .relationsCommand,
  },
  {
    name: "replay",
    summary: "run one case of a reported run again, and show all of it",
    load: async () =>
      (await late<typeof import("./commands/replay.ts")>("./commands/replay.ts")).replayCommand,
  },
  {
    name: "run",
    summary: "run one function of an untrusted file in an isolate",
    load: async () =>
      (await late<typeof import("./commands/run.ts")>("./commands/run.ts")).runCommand,
  },
  {
    name: "spawner",
    summary: "keep as many workers on this machine as a cluster has work for",
    load: async () =>
      (await late<typeof import("./commands/spawner.ts")>("./commands/spawner.ts")).spawnerCommand,
  },
  {
    name: "worker",
    summary: "execute batches of a cluster's runs, as one of its nodes",
    load: async () =>
      (await late<typeof import("./commands/worker.ts")>("./commands/worker.ts")).workerCommand,
  },
];
