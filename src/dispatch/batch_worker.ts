import { serveJobs } from "../../sandbox/pool/serve_jobs.ts";
import type { KeptGuests } from "../evaluate/load_guests.ts";
import { startExecutor } from "./executor.ts";
import type { ExecutorInit, ExecutorItem, ExecutorJob } from "./jobs.ts";

const kept: KeptGuests = new Map();

/** The worker program of the local dispatcher: task, baseline and candidate, each in an isolate. */
serveJobs<ExecutorInit, ExecutorJob, ExecutorItem>((init, supervision) =>
  startExecutor(init, supervision, kept)
);
