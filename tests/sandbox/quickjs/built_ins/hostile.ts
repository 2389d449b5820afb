/**
 * Guest code with the hostile values that built-ins are called on and with: `values`, by name; and
 * `argumentLists`, each a function from the built-in and its receiver to arguments.
 *
 * They are made while the guest loads, so they belong to the image and a call pays only for what it does.
 */
export const HOSTILE = `
const HUGE = 2 ** 53 - 1;
const fail = () => { throw new Error("hostile") };

const proxyTraps = ["apply", "construct", "defineProperty", "deleteProperty", "get", "getOwnPropertyDescriptor",
  "getPrototypeOf", "has", "isExtensible", "ownKeys", "preventExtensions", "set", "setPrototypeOf"];

function proxyOf(target, trap) {
  const handler = {};
  for (const name of proxyTraps) handler[name] = trap(name);
  return new Proxy(target, handler);
}

/** Its traps do what they stand for again, on the proxy itself. */
function recursiveProxy() {
  const proxy = proxyOf(function () {}, (name) => (target, ...rest) => Reflect[name](proxy, ...rest));
  return proxy;
}

/** Claims every property, huge lengths and other kinds of values each time. */
function lyingProxy() {
  let n = 0;
  const lies = [HUGE, "lie", -1, undefined, {}, 2 ** 31, null, [1], 1n, NaN];
  return proxyOf(function () {}, (name) => (target, key) => {
    if (name === "get") return key === "length" ? HUGE : lies[n++ % lies.length];
    if (name === "has" || name === "set" || name === "deleteProperty") return true;
    if (name === "ownKeys") return ["prototype", "a", "b", "c"];
    if (name === "getOwnPropertyDescriptor") {
      return key === "prototype" ? undefined : { value: lies[n++ % lies.length], configurable: true };
    }
    return lies[n++ % lies.length];
  });
}

function endlessProxyChain() {
  let chain = {};
  for (let i = 0; i < 2000; i++) chain = new Proxy(chain, {});
  return chain;
}

function nested(depth) {
  let deep = [];
  for (let i = 0; i < depth; i++) deep = [deep];
  return deep;
}

function shared(levels) {
  let top = ["x"];
  for (let i = 0; i < levels; i++) top = [top, top, top];
  return top;
}

function cyclicArray() {
  const cycle = [1, 2, 3];
  cycle.push(cycle, { cycle });
  return cycle;
}

function prototypeChain(depth) {
  let object = { a: 1 };
  for (let i = 0; i < depth; i++) object = Object.create(object);
  return object;
}

function boundChain(depth) {
  let fn = (x) => x;
  for (let i = 0; i < depth; i++) fn = fn.bind(null, i);
  return fn;
}

/** Grows and shrinks whenever it is made a primitive, and lies about what it is. */
function shifting() {
  const array = [3, 1, 2];
  array[0] = { valueOf() { array.push(1, 2, 3, 4); array.length -= 1; return array.length }, toString: () => "x".repeat(1e4) };
  array[Symbol.toPrimitive] = () => { for (let i = 0; i < 100; i++) array.push(array[0]); return 1e9 };
  return array;
}

function withSpecies(base, made) {
  base.constructor = { [Symbol.species]: function () { return made } };
  return base;
}

/** Each read of its flags or lastIndex changes it. */
function shiftingPattern() {
  const pattern = /(?:a|b|ab)*c|()/g;
  pattern.exec = function () { return { index: HUGE, length: HUGE, 0: "", groups: values.throwing } };
  return pattern;
}

function detached() {
  const array = new Float64Array(64);
  array.buffer.transfer();
  return array;
}

/** A view of a buffer that shrinks when anything looks at the view's species. */
function shrinking() {
  const buffer = new ArrayBuffer(4096, { maxByteLength: 65536 });
  const array = new Uint8Array(buffer);
  array.constructor = { get [Symbol.species]() { buffer.resize(8); return Uint8Array } };
  return array;
}

function disturbing(collection, add) {
  for (let i = 0; i < 500; i++) add(collection, i);
  return collection;
}

const longText = "a".repeat(SIZE);
const endless = { [Symbol.iterator]: () => ({ next: () => ({ done: false, value: [1, 2] }), return: fail }), [Symbol.asyncIterator]: () => ({ next: async () => ({ done: false }) }) };
const throwing = {};
for (const key of ["length", "0", "name", "then", "next", "return", "value", "done", "constructor", "toString", "valueOf",
  "toJSON", "lastIndex", "flags", "exec", "message", "cause", "stack", "get", "set", "has", "size", "keys", "raw", "index",
  Symbol.iterator, Symbol.toPrimitive, Symbol.toStringTag, Symbol.species, Symbol.hasInstance, Symbol.unscopables,
  Symbol.isConcatSpreadable, Symbol.match, Symbol.replace, Symbol.search, Symbol.split, Symbol.asyncIterator]) {
  defineProperty(throwing, key, { get: fail, set: fail, configurable: true, enumerable: true });
}

const values = {
  undefined: undefined,
  number: -1.5e-7,
  symbol: Symbol("s"),
  long: { length: HUGE },
  longAndFull: { length: HUGE, 0: 1, 1: "x", [HUGE - 1]: 2, __proto__: { __proto__: null, 5: 5 } },
  sparse: Object.assign([], { length: 2 ** 32 - 1 }),
  full: Array.from({ length: 2000 }, (_, i) => (i * 7919) % 2000),
  texts: Array.from({ length: 500 }, (_, i) => "t" + ((i * 7919) % 500)),
  cyclic: cyclicArray(),
  shared: shared(20),
  deep: nested(DEPTH),
  deepJson: { toJSON() { return this.next ??= { toJSON: this.toJSON } } },
  chain: prototypeChain(2000),
  proxyChain: endlessProxyChain(),
  bound: boundChain(300),
  proxyThrows: proxyOf(function () {}, () => fail),
  proxyRecurses: recursiveProxy(),
  proxyLies: lyingProxy(),
  proxyOfArray: new Proxy([1, 2, 3], {}),
  throwing,
  shifting: shifting(),
  species: withSpecies([1, 2, 3], new Proxy({ length: 0 }, { defineProperty: () => true, set: () => true })),
  ownSpecies: withSpecies([1, 2, 3], Array.prototype),
  spreadable: { [Symbol.isConcatSpreadable]: true, length: HUGE },
  text: longText,
  halves: "\\ud800".repeat(2000) + "\\u{1f600}".repeat(1000) + "\\u0130\\u0390".repeat(1000),
  numberText: "9".repeat(SIZE / 16),
  jsonText: "[".repeat(5000) + "]".repeat(5000),
  escapes: "%F0%9F%98%80".repeat(2000),
  tree: ("a" + longText) + "b" + longText,
  textObject: Object(longText.slice(0, 1000)),
  backtracks: /(a+)+$/g,
  backtracksBehind: /(?<=(a+)+)b/dgiu,
  classes: /[\\p{L}]*?(?=b)\\k<x>(?<x>a*)*/giu,
  shiftingPattern: shiftingPattern(),
  sticky: Object.assign(/(?:a?){200}a{200}/y, { lastIndex: 3 }),
  bytes: new Uint8Array(SIZE),
  doubles: new Float64Array(SIZE / 16).map((_, i) => (i * 7919) % 4096 - 100),
  bigs: new BigInt64Array(SIZE / 64),
  halfFloats: new Float16Array(64).fill(NaN),
  detached: detached(),
  shrinking: shrinking(),
  buffer: new ArrayBuffer(SIZE, { maxByteLength: SIZE * 2 }),
  detachedBuffer: detached().buffer,
  sharedBuffer: new SharedArrayBuffer(1024, { maxByteLength: SIZE }),
  view: new DataView(new ArrayBuffer(1024)),
  bigInt: (1n << BigInt(BITS)) - 1n,
  negativeBigInt: -(3n ** 2000n),
  map: disturbing(new Map(), (map, i) => map.set(i, map)),
  set: disturbing(new Set(), (set, i) => set.add(i)),
  setLike: { size: Infinity, has: () => true, keys: () => endless[Symbol.iterator]() },
  weakMap: new WeakMap([[throwing, 1]]),
  weakSet: new WeakSet([throwing]),
  weakRef: new WeakRef(throwing),
  registry: new FinalizationRegistry(fail),
  mapIterator: new Map([[1, 2]]).entries(),
  setIterator: new Set([1]).values(),
  arrayIterator: Array.prototype.values.call({ length: HUGE }),
  textIterator: longText[Symbol.iterator](),
  patternIterator: longText.slice(0, 40).concat("!").matchAll(/(a+)+$|/g),
  helper: Iterator.from([1, 2]).flatMap(() => endless),
  wrapped: Iterator.from({ next: () => ({ done: false }), return: fail }),
  concatenated: typeof Iterator.concat === "function" ? Iterator.concat(endless) : endless,
  generator: (function* () { try { for (;;) yield 1 } finally { for (;;) yield 2 } })(),
  asyncGenerator: (async function* () { for (;;) yield* endless })(),
  endless,
  thenable: { then(resolve) { resolve(this) } },
  promise: new Promise(() => {}),
  date: new Date(8.64e15),
  badDate: defineProperty(new Date(NaN), Symbol.toPrimitive, { value: () => 8.64e15 }),
  error: Object.assign(new Error(longText.slice(0, 5000)), { cause: throwing }),
  exception: new DOMException(longText.slice(0, 5000), "x"),
  classObject: class A extends Array { static get [Symbol.species]() { return Map } },
  fn: function f(...rest) { return f.apply(this, rest) },
  prototypes: Array.prototype,
  objectPrototype: Object.prototype,
  functionPrototype: Function.prototype,
  global: globalThis,
  boxed: Object(1n),
  boxedSymbol: Object(Symbol.iterator),
  arguments: (function () { return arguments })(1, 2, 3),
};

/** Makes the receiver bigger while it is being worked on, whatever it is. */
function grow(receiver) {
  return (a, b) => {
    try { receiver.push(1, 2, 3) } catch {}
    try { receiver.add({}) } catch {}
    try { receiver.set({}, 1) } catch {}
    try { receiver.buffer.resize(65536) } catch {}
    return typeof a === "number" && typeof b === "number" ? b - a : true;
  };
}

/** Makes the receiver smaller while it is being worked on. */
function shrink(receiver) {
  return (a) => {
    try { receiver.length = 0 } catch {}
    try { receiver.clear() } catch {}
    try { receiver.buffer.transfer() } catch {}
    try { receiver.buffer.resize(0) } catch {}
    return a;
  };
}

const numbers = [NaN, -0, -1, 100, 1e9, 2 ** 31, 2 ** 32 - 1, HUGE, Infinity, -Infinity, 1e308, 2 ** -1074];
const patterns = ["(a+)+$", "(?:" .repeat(2000), "[" + "a-z".repeat(2000) + "]", "(?<=(\\\\w*)*)\\\\1", "a{2147483647}", "(?:a{1,1000}){1,1000}"];
const sources = ["for(;;);", "(".repeat(3000), "[".repeat(3000), "a=>".repeat(3000) + "1", "{".repeat(3000), "1+".repeat(20000) + "1", "\`\${".repeat(1000), "this".repeat(5)];
const texts = [values.jsonText, values.numberText, values.escapes, "2025-01-01T00:00:00".repeat(500), "1e1000000", "-" + values.numberText, "0x" + "f".repeat(20000), '{"a":'.repeat(2000)];

const argumentLists = {
  none: () => [],
  recursion: (fn, receiver) => {
    const again = (...rest) => apply(fn, receiver, rest.concat(again));
    return [again, again, again];
  },
  growing: (fn, receiver) => [grow(receiver), receiver],
  shrinking: (fn, receiver) => [shrink(receiver), receiver],
  throwing: () => [fail, fail, fail],
  forever: () => [() => { for (;;); }],
  itself: (fn, receiver) => [receiver, fn, receiver],
  lastly: (fn, receiver) => [fn, [receiver, receiver], receiver],
  many: () => Array.from({ length: 3000 }, (_, i) => i),
  objectPrototype: () => [Object.prototype, values.throwing, values.throwing],
  define: () => [Object.prototype, "then", { get: fail, configurable: true }],
  parent: () => [Object.prototype, values.proxyRecurses],
  textAndCount: () => [HUGE - 1, "ab"],
  countAndText: () => [2 ** 29, values.text],
  replace: () => [values.backtracks, "$&$\`$'".repeat(1000)],
  replaceAll: () => ["a", values.text],
  replaceWith: (fn, receiver) => ["", (...rest) => rest.at(-1).repeat(100)],
  search: () => ["a".repeat(SIZE / 2) + "b", 0],
  split: () => ["", 2 ** 32 - 1],
  indent: () => [values.full, null, values.text],
  replacer: () => [values.shared, (key, value) => ({ value }), 10],
  reviver: () => ["[1,[2,[3]]]", function (key, value) { this[0] = [this, 1]; return this }],
  fill: () => [values.bigInt, -Infinity, Infinity],
  settings: () => [longText, values.throwing],
  detaching: (fn, receiver) => [{ valueOf() { shrink(receiver)(); return 1 } }, { valueOf() { grow(receiver)(); return 100 } }, 1],
  bigs: () => [values.bigInt, values.negativeBigInt],
  bits: () => [1e6, values.bigInt],
  places: () => [100],
  radix: () => [36],
  radixThree: () => [3],
  buffer: () => [SIZE * 2, { maxByteLength: SIZE * 4 }],
  hugeBuffer: () => [2 ** 31 - 1, { maxByteLength: 2 ** 33 }],
  part: () => [values.buffer, 8, 1e9],
  source: () => ["a".repeat(10000), "a=" + "[".repeat(1000) + "]".repeat(1000), "for(;;);"],
};
numbers.forEach((a, i) => {
  argumentLists["numbers" + i] = () => [a, numbers[(i * 5 + 3) % numbers.length], numbers[(i * 7 + 1) % numbers.length], a];
});
patterns.forEach((a, i) => { argumentLists["pattern" + i] = () => [a, "dgimsu"] });
sources.forEach((a, i) => { argumentLists["source" + i] = () => [a] });
texts.forEach((a, i) => { argumentLists["text" + i] = () => [a, texts[(i + 1) % texts.length]] });
const names = Object.keys(values);
names.forEach((name, i) => {
  const next = values[names[(i * 31 + 7) % names.length]];
  argumentLists["value " + name] = () => [values[name], next, values[name]];
});
names.forEach((name, i) => {
  argumentLists["mapped " + name] = () => [(x) => x, values[name]];
});
`;
