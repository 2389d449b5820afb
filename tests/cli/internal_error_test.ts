import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cupel, Folder, runtimes } from "./cupel.ts";

const RUN = ["run", "examples/top-k/heap.ts", "--call", "topK", "--args", "[[3,1,2],2]"];

let folder: Folder;
let thrown: string;
let unawaited: string;
beforeAll(() => {
  folder = new Folder();
  // Faults planted in the host, as none of its own is known.
  thrown = folder.write(
    "thrown.ts",
    `AbortSignal.any = () => { throw new Error("planted fault"); };`,
  );
  unawaited = folder.write(
    "unawaited.ts",
    `const any = AbortSignal.any;
     AbortSignal.any = (signals) => {
       queueMicrotask(() => { throw new Error("planted fault"); });
       return any.call(AbortSignal, signals);
     };`,
  );
});
afterAll(() => folder.dispose());

describe.each(runtimes)("on $name", ({ command }) => {
  test.each([["thrown", () => thrown], ["that nobody awaits", () => unawaited]])(
    "a fault of our own %s prints its stack and exits with 70",
    async (_name, fault) => {
      const { code, stdout, stderr } = await cupel(RUN, {
        command: [...command, "--preload", fault()],
      });
      expect({ code, stdout }).toEqual({ code: 70, stdout: "" });
      expect(stderr).toMatch(/^internal error: .*\n/);
      expect(stderr).toContain("planted fault");
      expect(stderr).toMatch(/thrown\.ts|unawaited\.ts/);
    },
  );
});
