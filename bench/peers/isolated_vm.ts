import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import process from "node:process";
import * as z from "zod";
import { NotMeasured } from "../frame/bench.ts";
import { microsecondsPerCall } from "../frame/timing.ts";
import { CASE_SCRIPT, checkAnswer } from "./case.ts";

const PACKAGE = "isolated-vm@7.0.1";
const MEMORY_MEGABYTES = 64;

/** The slice of isolated-vm's API that is used. */
interface Isolate {
  createContextSync(): { evalSync(code: string): unknown };
  dispose(): void;
}
type IsolateClass = new (options: { memoryLimit: number }) => Isolate;

const moduleSchema = z.object({
  Isolate: z.custom<IsolateClass>((value) => typeof value === "function"),
});

/**
 * A new isolated-vm isolate for each case. The package is native, so it is no dependency: npm puts it
 * into a temporary folder for the time of the measurement.
 *
 * @throws NotMeasured where it cannot be installed or loaded.
 */
export function isolatedVm(): number {
  const folder = mkdtempSync(join(tmpdir(), "cupel-isolated-vm-"));
  try {
    const Isolate = install(folder);
    const call = () => {
      const isolate = new Isolate({ memoryLimit: MEMORY_MEGABYTES });
      const answer = isolate.createContextSync().evalSync(CASE_SCRIPT);
      isolate.dispose();
      return answer;
    };
    checkAnswer(call());
    return microsecondsPerCall(call, { warmUp: 50, batches: 20, calls: 20 });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function install(folder: string): IsolateClass {
  writeFileSync(join(folder, "package.json"), "{}");
  const { status, stderr, error } = spawnSync(
    "npm",
    ["install", "--no-audit", "--no-fund", "--prefer-offline", PACKAGE],
    {
      cwd: folder,
      encoding: "utf8",
      // The addon must be built for the Node that runs this.
      env: {
        ...process.env,
        PATH: `${dirname(process.execPath)}${delimiter}${process.env["PATH"]}`,
      },
    },
  );
  if (status !== 0) {
    throw new NotMeasured(
      `npm could not install ${PACKAGE}: ${error?.message ?? firstLine(stderr)}`,
    );
  }
  try {
    return moduleSchema.parse(createRequire(join(folder, "package.json"))("isolated-vm")).Isolate;
  } catch (error) {
    throw new NotMeasured(`${PACKAGE} does not load: ${firstLine(String(error))}`);
  }
}

function firstLine(text: string): string {
  return text.trim().split("\n")[0] ?? "";
}
