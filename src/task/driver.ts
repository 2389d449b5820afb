// First: see timers.ts.
import "./timers.ts";
import { copyList } from "./copy.ts";
import { type DescribeReply, describeTask } from "./describe.ts";
import { childrenOf, descend, draw, type Drawn } from "./draw.ts";
import { TaskError } from "./fields.ts";
import { deriveFollowUps, type FollowUpPlan } from "./follow.ts";
import { type Answered, judgeOutput, type JudgeReply } from "./judge.ts";
import { type ParsedTask, parseTask } from "./parse.ts";
import { preview, thrownText } from "./preview.ts";
import { MOST_KEY_CHARACTERS } from "./bounds.ts";
import { type CaseSeed, caseSeed } from "./stream.ts";

/** One case: the arguments of the source call and of each follow-up that applies. */
export interface PlanReply {
  input: unknown[];
  followUps: FollowUpPlan[];
  /** Key of the cases that this one depends on; left out where the task names no clusters. */
  cluster?: string;
  /** The group that the case belongs to; left out where the task names none. */
  group?: string;
}

/** What the host may call in a task's isolate. */
export interface Driver {
  /** Says what the task is. */
  describe(): DescribeReply;
  /** Generates the case with this index; or, under it, the smaller one that a path of shrinks leads to. */
  plan(seed: number, index: number, path?: number[]): PlanReply;
  /** Plans at most `most` of the smaller cases that this one shrinks to, from number `start` on. */
  shrink(seed: number, index: number, path: number[], start: number, most: number): PlanReply[];
  /** The follow-ups that are derived from what an arm answered. */
  feedBack(seed: number, index: number, input: unknown[], output: unknown): FollowUpPlan[];
  /**
   * Judges what one arm answered to a case.
   *
   * @param reference The baseline's output in a list, where the candidate's is compared with it.
   */
  judge(
    input: unknown[],
    output: unknown,
    followUps: Answered[],
    reference?: unknown[],
  ): JudgeReply;
  /** Shows inputs as the task wants it, `undefined` for those where it has no wish. */
  formatInputs(inputs: unknown[][]): (string | undefined)[];
  /** The same for outputs. */
  formatOutputs(outputs: unknown[]): (string | undefined)[];
}

const MOST_FORMATTED_CHARACTERS = 10_000;

/** Makes a task file's default export callable for the host. */
export function drive(definition: unknown): Driver {
  const parsed = parseOrExplain(definition);
  const task = () => {
    if (parsed instanceof TaskError) throw parsed;
    return parsed;
  };
  return {
    describe: () => describeTask(parsed),
    plan: (seed, index, path = []) => {
      const lanes = caseSeed(seed, index);
      return plan(task(), descend(draw(task().inputs, lanes, index), path), lanes);
    },
    shrink: (seed, index, path, start, most) => {
      const lanes = caseSeed(seed, index);
      const drawn = descend(draw(task().inputs, lanes, index), path);
      return childrenOf(drawn, start, most).map((child) => plan(task(), child, lanes));
    },
    feedBack: (seed, index, input, output) =>
      deriveFollowUps(task(), { input, output }, caseSeed(seed, index)),
    judge: (input, output, followUps, reference) =>
      judgeOutput(task(), input, output, followUps, reference),
    formatInputs: (inputs) =>
      inputs.map((input) => formatted(task().format.input, "input", (format) => format(...input))),
    formatOutputs: (outputs) =>
      outputs.map((output) =>
        formatted(task().format.output, "output", (format) => format(output))
      ),
  };
}

function parseOrExplain(definition: unknown): ParsedTask | TaskError {
  try {
    return parseTask(definition);
  } catch (error) {
    if (error instanceof TaskError) return error;
    throw error;
  }
}

function plan(task: ParsedTask, { input }: Drawn, lanes: CaseSeed): PlanReply {
  const followUps = deriveFollowUps(task, { input }, lanes);
  const reply: PlanReply = { input, followUps };
  if (task.cluster !== undefined) reply.cluster = keyOf("cluster", task.cluster, input);
  if (task.group !== undefined) reply.group = keyOf("group", task.group, input);
  return reply;
}

function keyOf(field: string, read: (...input: unknown[]) => unknown, input: unknown[]): string {
  let key: unknown;
  try {
    // A copy: a key that is read by sorting in place must not change what the arms get.
    key = read(...copyList(input));
  } catch (error) {
    throw new TaskError(`\`${field}\` threw ${thrownText(error)}`);
  }
  if (typeof key === "number" && Number.isFinite(key)) return String(key);
  if (typeof key === "string" && key.length <= MOST_KEY_CHARACTERS) return key;
  throw new TaskError(
    `\`${field}\` must return a text of at most ${MOST_KEY_CHARACTERS} characters or a number: ` +
      `current value is ${preview(key)}`,
  );
}

/** A formatter is there to help: where it fails, it says so in place of the text. */
function formatted<F>(
  format: F | undefined,
  field: string,
  apply: (format: F) => unknown,
): string | undefined {
  if (format === undefined) return undefined;
  try {
    return String(apply(format)).slice(0, MOST_FORMATTED_CHARACTERS);
  } catch (error) {
    return `(\`${field}\` of \`format\` threw ${thrownText(error)})`;
  }
}
