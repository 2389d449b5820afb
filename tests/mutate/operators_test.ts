import { describe, expect, test } from "vitest";
import { OPERATORS } from "../../src/mutate/operators/catalogue.ts";
import { mutated } from "./programs.ts";

/** What an operator makes of the body of `export function f(a, b, c, xs)`. */
type Row = [operator: string, body: string, mutants: string[]];

const rows: Row[] = [
  ["arithmetic-operator", "return a + b", ["return a-b", "return a*b"]],
  ["arithmetic-operator", "return a - b", ["return a+b", "return a*b"]],
  ["arithmetic-operator", "return a / b", ["return a*b", "return a-b"]],
  ["arithmetic-operator", "return a % b", ["return a*b", "return a/b"]],
  ["arithmetic-operator", "return a ** b", ["return a*b"]],
  ["arithmetic-operator", "return a >> b", ["return a<<b", "return a>>>b"]],
  ["arithmetic-operator", "return a & b", ["return a|b"]],
  // A text that is put together is no arithmetic.
  ["arithmetic-operator", 'return "a" + b', []],
  ["arithmetic-operator", "return a + `${b}`", []],
  ["arithmetic-operator", 'return "a" + b + c', []],
  // The operands stay what they are, whatever binds more tightly.
  ["arithmetic-operator", "return a * b + c", [
    "return a*b-c",
    "return a*b*c",
    "return a/b+c",
    "return (a+b)+c",
  ]],
  ["arithmetic-operator", "return a - b * c", [
    "return a+b*c",
    "return a*(b*c)",
    "return a-b/c",
    "return a-(b+c)",
  ]],
  ["arithmetic-operator", "return (a + b) ** c", [
    "return(a+b)*c",
    "return(a-b)**c",
    "return(a*b)**c",
  ]],

  ["relational-operator", "return a < b", ["return a<=b", "return a>=b"]],
  ["relational-operator", "return a <= b", ["return a<b", "return a>b"]],
  ["relational-operator", "return a > b", ["return a>=b", "return a<=b"]],
  ["relational-operator", "return a >= b", ["return a>b", "return a<b"]],
  ["relational-operator", "return a === b", ["return a!==b"]],
  ["relational-operator", "return a != b", ["return a==b"]],

  ["logical-connector", "return a && b", ["return a||b"]],
  ["logical-connector", "return a ?? b", ["return a||b", "return a&&b"]],
  ["logical-connector", "return a || b && c", ["return a&&(b&&c)", "return a||(b||c)"]],
  ["logical-connector", "return (a ?? b) || c", [
    "return(a??b)&&c",
    "return(a||b)||c",
    "return(a&&b)||c",
  ]],

  ["condition", "if (a) b();", ["if(true)b()", "if(false)b()"]],
  ["condition", "return a ? b : c", ["return true?b:c", "return false?b:c"]],
  ["condition", "return a > b", ["return true", "return false"]],
  // A loop that never ends would only be killed by its fuel.
  ["condition", "while (a < b) c();", ["while(false)c()"]],
  ["condition", "for (; a; ) c();", ["for(;false;)c()"]],
  ["condition", "do c(); while (a);", ["do c();while(false)"]],
  ["condition", "for (;;) c();", []],

  ["unary-operator", "return -a", ["return a"]],
  ["unary-operator", "return !a", ["return a"]],
  ["unary-operator", "return typeof !a", ["return typeof a"]],
  ["unary-operator", "return a - -b", ["return a- b"]],

  ["update-operator", "a++; --b;", ["a--;--b", "a++;++b"]],

  ["assignment-operator", "a += b", ["a-=b", "a=b"]],
  ["assignment-operator", 'a += "b"', ['a="b"']],
  ["assignment-operator", "a ??= b", ["a&&=b", "a=b"]],
  ["assignment-operator", "a = b", []],

  ["number-literal", "return 7", ["return 8", "return 6", "return 0"]],
  ["number-literal", "return 0", ["return 1", "return -1"]],
  ["number-literal", "return 1", ["return 2", "return 0"]],
  ["number-literal", "return 0.5", ["return 1.5", "return -0.5", "return 0"]],
  ["number-literal", "return 5n", ["return 6n", "return 4n", "return 0n"]],
  ["number-literal", "return a - 0", ["return a-1", "return a- -1"]],
  ["number-literal", "return 0 ** a", ["return 1**a", "return (-1)**a"]],
  ["number-literal", "return 1e300", ["return 0"]],
  ["number-literal", "return { 1: a }", []],
  ["number-literal", "return undefined", []],

  ["string-literal", 'return "a"', ['return""']],
  ["string-literal", 'return ""', ['return"cupel"']],
  ["string-literal", "return `a${b}`", ['return""']],
  ["string-literal", 'return { "x y": a["key"] }', ['return{"x y":a[""]}']],
  ["string-literal", "return a`text`", []],

  ["boolean-literal", "return [true, false]", ["return[false,false]", "return[true,true]"]],

  ["collection-literal", "return [a, b]", ["return[]"]],
  ["collection-literal", "return { a, b }", ["return{}"]],
  ["collection-literal", "return [[], {}]", ["return[]"]],
  ["collection-literal", "const [x, y] = a; return x", []],
  ["collection-literal", "return () => ({ a })", ["return()=>({})"]],

  ["statement-deletion", "a(); b(); return c", ["b();return c", "a();return c"]],
  ["statement-deletion", "if (a) return; b()", ["if(a);b()", "if(a)return;"]],
  ["statement-deletion", "if (a) throw b; else c()", [
    "if(a);else c()",
    "if(a)throw b;else ;",
  ]],
  ["statement-deletion", "for (;;) { if (a) continue; break; }", [
    "for(;;){if(a);break}",
    "for(;;){if(a)continue;}",
  ]],
  ["statement-deletion", "const x = a; return x", []],

  ["return-value", "return a", ["return"]],
  ["return-value", "if (a) return b; return c", ["if(a)return;return c", "if(a)return b;return"]],
  ["return-value", "return xs.map((x) => x.y)", [
    "return",
    "return xs.map(x=>undefined)",
  ]],

  ["block-removal", "if (a) { b(); c() } else { c(); b() }", [
    "",
    "if(a){}else{c();b()}",
    "if(a){b();c()}else{}",
  ]],
  ["block-removal", "for (const x of xs) { a(x); b(x) }", ["", "for(const x of xs){}"]],

  ["call-removal", "return xs.slice(a)", ["return xs"]],
  ["call-removal", "return xs.sort().reverse()", ["return xs.sort()", "return xs.reverse()"]],
  ["call-removal", "return Math.floor(a / b) + c", ["return (a/b)+c"]],
  ["call-removal", "return Math.floor(a / b)", ["return (a/b)"]],
  ["call-removal", "return xs.push(a)", []],

  ["method-swap", "return Math.min(a, b)", ["return Math.max(a,b)"]],
  ["method-swap", "return xs.some(a)", ["return xs.every(a)"]],
  ["method-swap", "return xs.push(a)", ["return xs.unshift(a)"]],
  ["method-swap", "return xs.findLast(a)", ["return xs.find(a)"]],
  ["method-swap", "return a.toUpperCase()", ["return a.toLowerCase()"]],
  ["method-swap", "return Math.floor(a)", ["return Math.ceil(a)"]],
  ["method-swap", "return xs.min(a)", []],

  ["comparator-swap", "return xs.sort((l, r) => l - r)", ["return xs.sort((r,l)=>l-r)"]],
  ["comparator-swap", "return xs.toSorted(function (l, r) { return l - r })", [
    "return xs.toSorted(function(r,l){return l-r})",
  ]],
  ["comparator-swap", "return xs.map((x, at) => x - at)", []],

  ["spread-removal", "return [...xs]", ["return xs"]],
  ["spread-removal", "return [...a, ...b, c]", ["return[...b,c]", "return[...a,c]"]],
  ["spread-removal", "return { ...a, b }", ["return{b}"]],
  ["spread-removal", "return a(...xs)", ["return a(xs)"]],
  ["spread-removal", "return [...(a ? b : c)]", ["return(a?b:c)"]],

  ["optional-chaining", "return a?.b", ["return a.b"]],
  ["optional-chaining", "return a?.[b]?.(c)", ["return a?.[b](c)", "return a[b]?.(c)"]],

  [
    "regular-expression",
    "return /^a+$/gi.test(b)",
    [
      "/a+$/gi",
      "/^a$/gi",
      "/^a*$/gi",
      "/^a+/gi",
      "/^a+$/i",
      "/^a+$/g",
    ].map((regex) => `return${regex}.test(b)`),
  ],
  [
    "regular-expression",
    "return /[^a-z+]|\\s{2,}?/.test(b)",
    [
      "/[a-z+]|\\s{2,}?/",
      "/[^a-z+]|\\S{2,}?/",
      "/[^a-z+]|\\s?/",
      "/[^a-z+]|\\s{2,}/",
    ].map((regex) => `return${regex}.test(b)`),
  ],
  [
    "regular-expression",
    "return /\\p{L}[\\d\\b]\\b/u.test(b)",
    [
      "/\\P{L}[\\d\\b]\\b/u",
      "/\\p{L}[^\\d\\b]\\b/u",
      "/\\p{L}[\\D\\b]\\b/u",
      "/\\p{L}[\\d\\b]\\B/u",
    ].map((regex) => `return${regex}.test(b)`),
  ],
  ["regular-expression", "return /(?:a)?\\+/.test(b)", ["return/(?:a)\\+/.test(b)"]],
];

describe("a mutation operator", () => {
  test.each(rows)("%s: %s", async (operator, body, mutants) => {
    const found = await mutated(operator, `export function f(a, b, c, xs) { ${body} }`);
    const inside = found.map((code) => /^function f\(a,b,c,xs\)\{(.*)\}$/.exec(code)?.[1] ?? code);
    expect(inside).toEqual(mutants);
  });

  test("has a name of its own, and rows in this test", () => {
    const names = OPERATORS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect([...new Set(rows.map(([operator]) => operator))].sort()).toEqual([...names].sort());
  });

  test("says what it does in one line", () => {
    for (const { name, does } of OPERATORS) {
      expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(does).toMatch(/^\S.{8,100}$/);
    }
  });
});
