/**
 * Code for the end of a module: replaces every function that can be reached from the globals, puts
 * setters and odd properties on prototypes, and hooks every well-known symbol.
 */
export const TAMPER = `
;(() => {
  const { ownKeys, getOwnPropertyDescriptor, defineProperty, getPrototypeOf } = Reflect;
  const fail = () => { throw new Error("tampered") };
  const roots = [globalThis, (function* () {})().__proto__.__proto__.__proto__, [].values().__proto__,
    new Map().values().__proto__, new Set().values().__proto__, "".matchAll(/x/g).__proto__,
    (async () => {}).constructor.prototype, Int8Array.__proto__];
  const queue = [...roots];
  const seen = new Set(queue);
  const edits = [];
  while (queue.length > 0) {
    const object = queue.pop();
    for (const key of ownKeys(object)) {
      const descriptor = getOwnPropertyDescriptor(object, key);
      for (const value of [descriptor.value, descriptor.get, descriptor.set]) {
        if ((typeof value === "object" && value !== null || typeof value === "function") && !seen.has(value)) {
          seen.add(value);
          queue.push(value);
        }
      }
      if (typeof descriptor.value === "function" && descriptor.configurable && key !== "constructor") {
        edits.push([object, key]);
      }
      if (descriptor.get !== undefined && descriptor.configurable) {
        edits.push([object, key]);
      }
    }
  }
  const targets = [Object.prototype, Array.prototype, Map.prototype, Set.prototype, Date.prototype,
    String.prototype, Number.prototype, BigInt.prototype, Promise.prototype, Function.prototype,
    Int8Array.__proto__.prototype];
  const properties = [["toJSON", { value: () => "tampered" }], ["then", { value: undefined, writable: true }],
    ["$", { value: "map", writable: true }], ["get", { value: undefined, writable: true }]];
  for (const index of [0, 1, 2, 3, 4]) properties.push([index, { get: fail, set: fail }]);
  for (let e = 0; e < edits.length; e++) {
    defineProperty(edits[e][0], edits[e][1], { __proto__: null, value: fail, configurable: true, writable: true });
  }
  for (let t = 0; t < targets.length; t++) {
    for (let p = 0; p < properties.length; p++) {
      if (getOwnPropertyDescriptor(targets[t], properties[p][0]) !== undefined) continue;
      const descriptor = { __proto__: null, ...properties[p][1], configurable: true };
      defineProperty(targets[t], properties[p][0], descriptor);
    }
  }
})();
`;
