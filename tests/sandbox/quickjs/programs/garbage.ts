/** Collects the garbage at once, in a program that was started with a function for it. */
export function collectGarbage(): void {
  const { gc } = globalThis as { gc?: () => void };
  if (gc === undefined) throw new Error("Cannot collect the garbage as the runtime has no gc()");
  gc();
}
