/**
 * Keeps count of the memories of all WebAssembly instances that are made from when this is imported.
 * Nothing else becomes different: they are the real ones, only noted.
 */
const noted = new WeakSet<WebAssembly.Memory>();
const memories = new Set<WeakRef<WebAssembly.Memory>>();

// A proxy and not a class of its own, so that `instanceof` goes on to mean the real class.
WebAssembly.Instance = new Proxy(WebAssembly.Instance, {
  construct(target, [module, imports]) {
    const instance = new target(module, imports);
    for (const value of Object.values(instance.exports)) {
      if (value instanceof WebAssembly.Memory) note(value);
    }
    return instance;
  },
});

function note(memory: WebAssembly.Memory): void {
  if (noted.has(memory)) return;
  noted.add(memory);
  memories.add(new WeakRef(memory));
}

/** Bytes of the memories that were not collected: until it is, the machine holds a memory's pages. */
export function guestMemoryBytes(): number {
  let bytes = 0;
  for (const reference of memories) {
    const memory = reference.deref();
    if (memory === undefined) memories.delete(reference);
    else bytes += memory.buffer.byteLength;
  }
  return bytes;
}
