import { openCluster } from "../../cluster/open.ts";
import { PendingWork } from "../../cluster/spawner/pending_work.ts";
import { Spawner } from "../../cluster/spawner/spawner.ts";
import { WorkerPool } from "../../cluster/spawner/worker_pool.ts";
import { exit, onInterrupt } from "../../runtime/host.ts";
import { runtime } from "../../runtime/mod.ts";
import type { CommandSpec, OptionValues } from "../command.ts";
import type { Context } from "../context.ts";
import { EXIT_OK, SIGNAL_EXIT } from "../exit_codes.ts";
import { openSpawnerMetrics } from "../input/metrics_port.ts";
import { parseSpawnerOptions, SPAWNER_OPTIONS } from "../input/spawner_options.ts";

/** `cupel spawner`: keeps as many workers on this machine as there is work for. */
export const spawnerCommand: CommandSpec = {
  arguments: [],
  options: SPAWNER_OPTIONS,
  examples: [
    {
      does: "use this machine as far as there is work, with one worker always ready",
      line: "cupel spawner --nats nats://broker:4222",
    },
    {
      does: "at most four workers, none where there is no work",
      line: "cupel spawner --nats nats://broker:4222 --max 4 --warm 0",
    },
    {
      does: "workers whose names stay the same, for one tenant",
      line: "cupel spawner --nats nats://broker:4222 --keys keys --tenants team-a",
    },
  ],
  exitCodes:
    "0 it was told to stop (SIGTERM, SIGINT) and its workers did what they held, 3 bad input; a second signal ends all at once",
  run: keepWorkers,
};

async function keepWorkers(
  _positional: string[],
  options: OptionValues,
  context: Context,
): Promise<number> {
  const { settings, service, workerArguments, ...limits } = await parseSpawnerOptions(options);
  const connect = (role: string) =>
    openCluster(settings, role, (what) => context.stderr.write(`waiting for ${what}\n`));
  const metrics = await openSpawnerMetrics(options, context, () => connect("metrics"));
  const topology = await connect("spawner");
  const work = await PendingWork.watch(topology, service);
  const log = (line: string) => context.stderr.write(`${line}\n`);
  const cupel = runtime.commandOf(new URL("../main.ts", import.meta.url));
  const commandOf = (number: number) => [...cupel, ...workerArguments(number)];
  const pool = new WorkerPool({ commandOf, log, observe: metrics });
  const spawner = new Spawner({ ...limits, pool, log, pending: () => work.count() });
  let first: string | undefined;
  const stopListening = onInterrupt((signal) => {
    if (first !== undefined) {
      pool.kill();
      void exit(SIGNAL_EXIT[signal]);
    }
    first ??= signal;
    spawner.stop();
  });
  // Workers finish what they hold: that may take longer than other commands have.
  context.interruption.release();
  const tags = service.capabilities.join(", ");
  context.stdout.write(`spawner keeps workers of ${tags} at ${settings.servers.join(", ")}\n`);
  await spawner.run();
  stopListening();
  work.close();
  await topology.connection.close();
  await metrics?.close();
  context.stdout.write(`spawner stopped: told to (${first})\n`);
  return EXIT_OK;
}
