import { serveJobs } from "../../sandbox/pool/serve_jobs.ts";
import { type JudgeInit, type JudgeItem, type JudgeJob, startJudge } from "./mutant_judge.ts";

/** The worker program of `check-task`: task and baseline stay loaded, mutants come and go. */
serveJobs<JudgeInit, JudgeJob, JudgeItem>(startJudge);
