import { DEFAULT_TENANT, tenantSchema } from "../../cluster/lane.ts";
import { CupelError } from "../../errors.ts";
import type { CommandSpec, OptionValues } from "../command.ts";
import type { Context } from "../context.ts";
import {
  type Act,
  dropLetters,
  exportLetters,
  LISTED,
  listLetters,
  retryLetters,
  showLetters,
  type Wanted,
} from "../dead_letters/actions.ts";
import { withDeadLetters } from "../dead_letters/session.ts";
import { EXIT_OK } from "../exit_codes.ts";
import { CLUSTER_OPTIONS, parseCluster } from "../input/cluster.ts";
import { OutputFile } from "../input/output_file.ts";
import { refuse } from "../input/refuse.ts";

/** What can be done, and how its dead letters are chosen. */
interface Action {
  act: Act;
  /** Whether ids may, or must, be given. */
  ids: "none" | "some" | "must" | "or-all";
  mayAll: boolean;
}

const ACTIONS: ReadonlyMap<string, Action> = new Map([
  ["list", { act: listLetters, ids: "none", mayAll: true }],
  ["show", { act: showLetters, ids: "must", mayAll: false }],
  ["retry", { act: retryLetters, ids: "or-all", mayAll: true }],
  ["export", { act: exportLetters, ids: "some", mayAll: true }],
  ["drop", { act: dropLetters, ids: "or-all", mayAll: true }],
]);

/** What each of them does, for help. */
const ACTIONS_SAID = [
  `list            a table of the newest ${LISTED}, the newest last; --all for all`,
  "show ID...      all that is known of some",
  "retry ID...     publishes their batches again, and removes them then; only",
  "                while their runs are not over",
  "export [ID...]  those, or all, as JSON, one a line; nothing is removed",
  "drop ID...      removes them, and says how many",
  "retry and drop take --all or --run in place of ids",
];

/** `cupel dlq`: batches of a cluster that were given up. */
export const dlqCommand: CommandSpec = {
  arguments: [
    { name: "action", description: [...ACTIONS.keys()].join(", ") },
    {
      name: "ids...",
      description: "numbers of dead letters, or the first digits of their batches, 8 or more",
      optional: true,
    },
  ],
  options: [
    {
      flags: "--nats <urls>",
      description: "NATS server, or several of one cluster with commas between",
      required: true,
    },
    {
      flags: "--tenant <name>",
      description: "whose dead letters",
      defaultText: DEFAULT_TENANT,
    },
    {
      flags: "--run <run>",
      description: "only those of this run: its name, or its id, or 8 or more first digits of that",
    },
    {
      flags: "--all",
      description: `retry, drop: instead of ids; list: not just the newest ${LISTED}`,
    },
    { flags: "--json", description: "print JSON" },
    {
      flags: "--output <file>",
      description: "export: write to a file",
      defaultText: "standard output",
    },
    ...CLUSTER_OPTIONS,
  ],
  sections: [{ title: "Actions", lines: ACTIONS_SAID }],
  examples: [
    { does: "which batches were given up", line: "cupel dlq list --nats nats://127.0.0.1:4222" },
    {
      does: "publish those of a run again, while it goes on",
      line: "cupel dlq retry --run build-1234 --nats nats://127.0.0.1:4222",
    },
    {
      does: "keep a tenant's, a JSON text a line, and remove them",
      line: "cupel dlq export --tenant team-a --output dead.jsonl --nats nats://broker:4222 &&\n" +
        "  cupel dlq drop --all --tenant team-a --nats nats://broker:4222",
    },
  ],
  exitCodes: "0 done, 3 bad input, such as an id that is not there; or nothing could be retried",
  run: runDlq,
};

async function runDlq(
  [name = "", ...ids]: string[],
  options: OptionValues,
  context: Context,
): Promise<number> {
  const action = ACTIONS.get(name);
  if (action === undefined) throw refuse("the action", `one of ${names()}`, name);
  refuseUnfit(name, action, ids, options);
  const settings = parseCluster(options);
  const tenant = parseTenant(options["tenant"]);
  const { run, all, json, output } = options;
  const wanted: Wanted = {
    ids,
    run: run === undefined ? undefined : String(run),
    all: all === true,
    json: json === true,
    output: output === undefined ? undefined : await OutputFile.prepare("--output", String(output)),
  };
  await withDeadLetters(settings, tenant, (session) => action.act(wanted, session, context));
  return EXIT_OK;
}

function names(): string {
  return [...ACTIONS.keys()].join(", ");
}

function parseTenant(given: string | true | undefined): string {
  const text = String(given ?? DEFAULT_TENANT);
  if (tenantSchema.safeParse(text).success) return text;
  throw refuse("--tenant", "a lower-case word such as team-a", text);
}

/** What is to be removed or published again must be said, once. */
function refuseUnfit(name: string, action: Action, ids: string[], options: OptionValues): void {
  const { all, run, output } = options;
  const [id] = ids;
  if (action.ids === "none" && id !== undefined) {
    throw refuse("ID", `left out for ${name}`, id);
  }
  if (all === true && !action.mayAll) throw unfit(`--all with ${name}`, "ids must be given");
  if (all === true && id !== undefined) {
    throw unfit("--all", `either it or ids must be given, not both: there is ${id}`);
  }
  if (id === undefined && action.ids === "must") {
    throw unfit(name, "it must be given ids: there is none");
  }
  if (id === undefined && action.ids === "or-all" && all === undefined && run === undefined) {
    throw unfit(name, "it must be given ids, --run or --all: there is none of them");
  }
  if (output !== undefined && name !== "export") {
    throw unfit(`--output with ${name}`, "it is for export");
  }
}

function unfit(what: string, why: string): CupelError {
  return new CupelError("bad-input", `Cannot use ${what} as ${why}`);
}
