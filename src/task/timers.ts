/**
 * An isolate has no timers, as nothing in it may wait. fast-check reads them while it loads, for the
 * runner that Cupel does without; so there they are, and say so when they are called.
 */
function refuse(): never {
  throw new TypeError("Cannot wait for a timer as a task runs in an isolate, which has none");
}

for (const name of ["setTimeout", "clearTimeout"]) {
  if (name in globalThis) continue;
  Object.defineProperty(globalThis, name, { value: refuse, configurable: true, writable: true });
}
