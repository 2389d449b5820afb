import { Tagged, type ValueType } from "../types.ts";
import { ERROR } from "./resources.ts";
import { own, variant } from "./signatures.ts";

/** `wasi:io/streams`' `stream-error`. */
export const streamError: ValueType = variant({
  "last-operation-failed": own(ERROR),
  "closed": null,
});

/** What an operation on a stream gives at its end. */
export const CLOSED = new Tagged("err", new Tagged("closed"));
