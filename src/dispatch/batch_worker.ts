import { serveJobs } from "../../sandbox/pool/serve_jobs.ts";
import {
  type ExecutorInit,
  type ExecutorItem,
  type ExecutorJob,
  startExecutor,
} from "./executor.ts";

/** The worker program of the local dispatcher: task, baseline and candidate, each in an isolate. */
serveJobs<ExecutorInit, ExecutorJob, ExecutorItem>(startExecutor);
