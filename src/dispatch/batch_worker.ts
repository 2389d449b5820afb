import { serveJobs } from "../../sandbox/pool/serve_jobs.ts";
import { startExecutor } from "./executor.ts";
import type { ExecutorInit, ExecutorItem, ExecutorJob } from "./jobs.ts";

/** The worker program of the local dispatcher: task, baseline and candidate, each in an isolate. */
serveJobs<ExecutorInit, ExecutorJob, ExecutorItem>(startExecutor);
