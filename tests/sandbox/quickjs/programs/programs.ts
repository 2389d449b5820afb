/** A program that must do the same to the last bit on every runtime: its body, given as a function's. */
export type Program = readonly [name: string, body: string];

/** Corners in which engines and machines differ, where they can. */
export const PROGRAMS: readonly Program[] = [
  ["arithmetic", "let s = 0; for (let i = 0; i < 20000; i++) s = (s * 31 + i) % 1000003; return s"],
  [
    "float corners",
    "return [0.1 + 0.2, 1e308 * 10, -1e308 * 10, 0 / 0, -0, 5e-324, 2 ** 53 + 1, 1 / 3]",
  ],
  [
    "NaN bits",
    "const f = new Float64Array([0 / 0, -(0 / 0), Math.sqrt(-1), Infinity - Infinity, NaN]); return new Uint8Array(f.buffer)",
  ],
  [
    "NaN bits of floats",
    "const f = new Float32Array([0 / 0, Math.log(-1), -NaN]); return new Uint8Array(f.buffer)",
  ],
  [
    "transcendental",
    "let a = []; for (let i = 1; i < 50; i++) a.push(Math.sin(i), Math.exp(i / 7), Math.log(i), Math.pow(i, 1.7), Math.tanh(i / 9)); return a",
  ],
  [
    "rounding",
    "return [0.5, 1.5, 2.5, -0.5, 1e21].flatMap((x) => [Math.round(x), Math.fround(x), Math.trunc(x), x.toFixed(2)])",
  ],
  [
    "number texts",
    "return [1e21, 123456789012345680000, 0.000001, 1e-7, 255].map((x) => x + ' ' + x.toString(16) + ' ' + x.toExponential(3))",
  ],
  [
    "parsing numbers",
    "return ['1e400', '0x1f', ' 12 ', '1_0', '.5', '9007199254740993'].map(Number)",
  ],
  [
    "sorting",
    "const a = []; let x = 7; for (let i = 0; i < 2000; i++) { x = (x * 1103515245 + 12345) % 2147483648; a.push(x % 97) } return a.sort((p, q) => p - q)",
  ],
  [
    "an unfair comparator",
    "const a = Array.from({ length: 300 }, (_, i) => i); a.sort(() => Math.random() - 0.5); return a",
  ],
  ["stable sorting of texts", "return ['b', 'a', 'ä', 'B', '10', '9', ''].sort()"],
  [
    "dates",
    "return [Date.now(), new Date().toString(), new Date(2020, 1, 30).toISOString(), Date.parse('2024-02-29T12:00'), new Date(8.64e15).toISOString(), new Date().toLocaleString()]",
  ],
  [
    "the clock",
    "const t = performance.now(); for (let i = 0; i < 1000; i++); return [t, performance.now(), performance.timeOrigin]",
  ],
  ["random", "return Array.from({ length: 20 }, Math.random)"],
  [
    "JSON",
    "return JSON.stringify(JSON.parse(JSON.stringify({ a: [1, { b: '\\\\u2028' }], c: 1e-10 })), null, 2)",
  ],
  [
    "patterns",
    "return 'The quick brown fox'.replace(/(\\\\w+) (\\\\w+)/g, '$2 $1') + /(?<y>\\\\d{4})/u.exec('in 2025').groups.y",
  ],
  [
    "unicode",
    "return ['straße'.toUpperCase(), 'İ'.toLowerCase(), 'ﬁ'.normalize('NFKD'), [...'a🎈b'].length, 'a'.localeCompare('b')]",
  ],
  [
    "bigint",
    "let a = 1n; for (let i = 1n; i < 80n; i++) a *= i; return [a, a % 97n, BigInt.asIntN(64, a), a >> 13n]",
  ],
  [
    "maps and sets",
    "const m = new Map(); for (let i = 0; i < 500; i++) m.set('k' + i % 97, i); m.delete('k3'); return [m, new Set([NaN, NaN, 0, -0])]",
  ],
  [
    "objects",
    "const o = {}; for (let i = 0; i < 300; i++) o[(i * 7919) % 1009] = i; delete o[5]; return Object.keys(o)",
  ],
  [
    "typed arrays",
    "const a = new Float32Array(64).map((_, i) => i / 3); return [a, new Uint8ClampedArray([300, -5, 1.5]), new Int16Array(a.buffer).slice(0, 8)]",
  ],
  [
    "classes and closures",
    "class A { #n = 0; add() { this.#n++; return this } get n() { return this.#n } } const a = new A(); for (let i = 0; i < 99; i++) a.add(); return a.n",
  ],
  [
    "generators",
    "function* g() { let [a, b] = [0, 1]; for (;;) { yield a; [a, b] = [b, a + b] } } const it = g(); return Array.from({ length: 40 }, () => it.next().value)",
  ],
  [
    "promises",
    "return (async () => { const a = []; await Promise.all([3, 1, 2].map(async (x) => { await null; a.push(x) })); return a })()",
  ],
  [
    "exceptions",
    "let n = 0; for (let i = 0; i < 200; i++) { try { null.x } catch (e) { n += e.stack.length } finally { n++ } } return n",
  ],
  ["an uncaught exception", "throw new RangeError('same')"],
  ["console", "console.log({ a: [1, 2] }, new Error('x')); console.warn(-0, NaN)"],
  [
    "recursion to the limit",
    "let depth = 0; globalThis.f = () => { depth++; return 1 + f() }; return f()",
  ],
  ["out of fuel", "const a = []; for (;;) a.push(a.length)"],
  ["out of memory", "const a = []; for (;;) a.push(new ArrayBuffer(1e6))"],
  ["deep JSON", "return JSON.parse('['.repeat(1e5))"],
  [
    "collecting garbage",
    "let last; for (let i = 0; i < 3000; i++) { const o = { i }; o.self = o; last = new WeakRef(o) } return typeof last.deref()",
  ],
];
