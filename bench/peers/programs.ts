/** Very different programs, for what the meter costs and how well its fuel follows time. */
export const PROGRAMS: Record<string, string> = {
  arithmetic: "let s = 0; for (let i = 0; i < 1500000; i++) s = (s * 31 + i) | 0; s",
  floats: "let s = 0.5; for (let i = 0; i < 1000000; i++) s = s * 1.0000001 + i / 3.7; s",
  calls: "function f(n) { return n < 2 ? n : f(n - 1) + f(n - 2) } f(27)",
  closures:
    "let s = 0; const g = (a) => (b) => a + b; for (let i = 0; i < 200000; i++) s += g(i)(1); s",
  allocation:
    "const o = []; for (let i = 0; i < 60000; i++) o.push({ a: i, b: { c: i + 1 } }); let t = 0; for (const x of o) t += x.b.c; t",
  "string building":
    "let s = ''; for (let i = 0; i < 200000; i++) s += String.fromCharCode(97 + i % 26); s.length",
  "string slices":
    "const s = 'abcdefghij'.repeat(2000); let n = 0; for (let i = 0; i < 100000; i++) n += s.slice(i % 1000, i % 1000 + 7).length + s.indexOf('j', i % 500); n",
  "split and join":
    "let n = 0; for (let i = 0; i < 120; i++) n += 'a,b,c,d,e,f,g,h'.repeat(100).split(',').map((x) => x.toUpperCase()).join('-').length; n",
  "sort, comparator":
    "const a = []; let x = 123; for (let i = 0; i < 30000; i++) { x = (x * 1103515245 + 12345) & 0x7fffffff; a.push(x) } a.sort((p, q) => p - q); a[5]",
  "sort, texts":
    "const a = []; let x = 123; for (let i = 0; i < 30000; i++) { x = (x * 1103515245 + 12345) & 0x7fffffff; a.push('k' + x) } a.sort(); a[5]",
  JSON:
    "const o = { a: [1, 2, 3, { b: 'xyz', c: null, d: true }], e: 1.5, f: 'hello world' }; let n = 0; for (let i = 0; i < 8000; i++) n += JSON.stringify(JSON.parse(JSON.stringify(o))).length; n",
  "regular expressions":
    "let n = 0; const r = /(\\w+)@(\\w+)\\.com/g; const s = 'foo bar baz@qux.com lorem '.repeat(50); for (let i = 0; i < 120; i++) n += s.replace(r, '$2').length; n",
  backtracking: "/(a+)+$/.test('a'.repeat(19) + 'b')",
  Map:
    "const m = new Map(); for (let i = 0; i < 80000; i++) m.set('k' + (i % 5000), i); let s = 0; for (const [, v] of m) s += v; s",
  Set: "const m = new Set(); for (let i = 0; i < 60000; i++) m.add(i % 7000); m.size",
  BigInt:
    "let a = 3n ** 20000n, n = 0; for (let i = 0; i < 60; i++) n += Number((a / (7n ** 3000n + BigInt(i))) % 10n); n",
  "typed arrays":
    "const a = new Float64Array(20000); for (let k = 0; k < 20; k++) for (let i = 0; i < a.length; i++) a[i] = a[i] * 0.5 + i; a[77]",
  exceptions:
    "let n = 0; for (let i = 0; i < 20000; i++) { try { throw new Error('x' + i) } catch (e) { n += e.message.length } } n",
  "native loops":
    "const a = []; for (let i = 0; i < 20000; i++) a.push(i); let n = 0; for (let i = 0; i < 200; i++) n += a.indexOf(19999) + a.includes(-1); n",
  "memory.fill":
    "const a = new Uint8Array(1 << 20); for (let i = 0; i < 1200; i++) a.fill(i & 255); a[9]",
  dates:
    "let n = 0; for (let i = 0; i < 20000; i++) n += new Date(2020, i % 12, i % 28).toISOString().length; n",
  generators:
    "function* g(n) { for (let i = 0; i < n; i++) yield i } let s = 0; for (const x of g(200000)) s += x; s",
  classes:
    "class A { #x = 1; get() { return this.#x++ } } class B extends A { get() { return super.get() + 1 } } const b = new B(); let s = 0; for (let i = 0; i < 150000; i++) s += b.get(); s",
  "huge texts":
    "let n = 0; const s = 'x'.repeat(1 << 18); for (let i = 0; i < 16; i++) n += (s + i).indexOf('y') + s.toUpperCase().length; n",
};
