/**
 * Guest code that finds every function of the engine and the prelude that user code can get hold of:
 * `functions`, a list of `{ path, fn, owner, isConstructor }` in a stable order, each named for how it was
 * first reached. An accessor's functions are `get x` and `set x`.
 */
export const REACHABLE = `
const { apply, construct, defineProperty, getOwnPropertyDescriptor, getPrototypeOf, ownKeys } = Reflect;

/** Instances of what has no global name. */
function hiddenRoots() {
  const roots = [
    ["(generator)", function* () {}.prototype],
    ["(generator function)", function* () {}],
    ["(async function)", async () => {}],
    ["(async generator function)", async function* () {}],
    ["(async generator)", (async function* () {})()],
    ["(array iterator)", [][Symbol.iterator]()],
    ["(map iterator)", new Map().entries()],
    ["(set iterator)", new Set().values()],
    ["(string iterator)", ""[Symbol.iterator]()],
    ["(regexp string iterator)", "".matchAll(/x/g)],
    ["(iterator helper)", Iterator.from([]).map((x) => x)],
    ["(wrapped iterator)", Iterator.from({ next() { return { done: true } } })],
    ["(arguments)", (function () { "use strict"; return arguments })()],
    ["(sloppy arguments)", Function("return arguments")()],
    ["(revoke)", Proxy.revocable({}, {}).revoke],
    ["(bound)", function () {}.bind()],
    ["(match)", /(?<a>x)/d.exec("x")],
    ["(error)", new Error("x")],
    ["(exception)", new DOMException("x")],
    ["(typed array)", new Uint8Array(1)],
    ["(template)", ((strings) => strings)\`x\`],
    ["(import.meta)", import.meta],
  ];
  if (typeof Iterator.concat === "function") roots.push(["(iterator concat)", Iterator.concat([])]);
  new Promise((resolve, reject) => roots.push(["(resolve)", resolve], ["(reject)", reject]));
  return roots;
}

function nameOf(key) {
  return typeof key === "symbol" ? "[" + key.description + "]" : key;
}

function isObject(value) {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}

function findFunctions() {
  const seen = new Set();
  const queue = [];
  const found = [];
  const visit = (value, path, owner) => {
    if (!isObject(value) || seen.has(value)) return;
    seen.add(value);
    queue.push([value, path]);
    if (typeof value === "function") found.push({ path, fn: value, owner });
  };
  let next = 0;
  for (const [rootPath, root] of [["", globalThis], ...hiddenRoots()]) {
    visit(root, rootPath, globalThis);
    for (; next < queue.length; next++) {
      const [object, path] = queue[next];
      const prefix = path === "" ? "" : path + ".";
      for (const key of ownKeys(object)) {
        const descriptor = getOwnPropertyDescriptor(object, key);
        const name = prefix + nameOf(key);
        visit(descriptor.value, name, object);
        visit(descriptor.get, "get " + name, object);
        visit(descriptor.set, "set " + name, object);
      }
      visit(getPrototypeOf(object), prefix + "__proto__", object);
    }
  }
  return found;
}

/** The functions that the roots themselves were made with are no built-ins. */
function isOwn({ path, fn }) {
  return path.startsWith("(") && !/\\[native code\\]/.test(Function.prototype.toString.call(fn));
}

const functions = findFunctions().filter((record) => !isOwn(record));
for (const record of functions) {
  record.isConstructor = false;
  try {
    construct(Object, [], record.fn);
    record.isConstructor = true;
  } catch {}
}
`;
