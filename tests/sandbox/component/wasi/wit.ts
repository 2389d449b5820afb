/** Just enough of WIT to read the declarations of WASI: what a function's type is, with all names resolved. */

/** An interface: each function's type as one text, and the resources it defines or uses. */
export interface WitInterface {
  functions: Map<string, string>;
  /** By its name here, where each resource is defined: `wasi:io/poll#pollable`. */
  resources: Map<string, string>;
}

/** The parameters and the result of a function, as one text. */
export function functionText(params: [name: string, type: string][], result: string): string {
  return `(${params.map(([name, type]) => `${name}: ${type}`).join(", ")}) -> ${result}`;
}

/**
 * Reads packages.
 *
 * @param texts one for each package, those first that others use.
 * @returns stable interfaces by their names without version; worlds are left out.
 */
export function parseWit(texts: string[]): Map<string, WitInterface> {
  const scopes = new Map<string, Scope>();
  for (const text of texts) new Parser(text, scopes).package();
  return new Map([...scopes].map(([name, scope]) => [name, scope.found]));
}

interface Scope {
  /** Texts of types by their names. */
  types: Map<string, string>;
  found: WitInterface;
}

const TOKEN = /\/\/.*|->|%?[\w-]+(?::[\w-]+(?:\/[\w-]+)?)?(?:@\d+\.\d+\.\d+)?|@\w+|[^\s\w]/g;

class Parser {
  readonly #tokens: string[];
  readonly #scopes: Map<string, Scope>;
  #at = 0;
  #package = "";

  constructor(text: string, scopes: Map<string, Scope>) {
    this.#tokens = (text.match(TOKEN) ?? []).filter((token) => !token.startsWith("//"));
    this.#scopes = scopes;
  }

  package(): void {
    this.#expect("package");
    this.#package = unversioned(this.#next());
    this.#expect(";");
    // An interface may use another that comes after it: those that cannot be read yet wait.
    const starts = this.#interfaces();
    while (starts.length > 0) {
      const ready = starts.findIndex((start) => this.#reads(start));
      if (ready < 0) throw new Error(`interfaces of ${this.#package} use each other`);
      starts.splice(ready, 1);
    }
  }

  /** Where the stable interfaces begin. */
  #interfaces(): number[] {
    const starts: number[] = [];
    while (this.#at < this.#tokens.length) {
      const isUnstable = this.#skipGate();
      const start = this.#at;
      const kind = this.#next();
      this.#skipBlock();
      if (kind === "interface" && !isUnstable) starts.push(start);
    }
    return starts;
  }

  #reads(start: number): boolean {
    this.#at = start + 1;
    const name = `${this.#package}/${this.#next()}`;
    const scope = {
      types: new Map(),
      found: { functions: new Map(), resources: new Map() },
    };
    this.#expect("{");
    const body = this.#at;
    // Types may be used before they are declared, so they are read again until all are known.
    for (let round = 0; round < 10; round++) {
      this.#at = body;
      try {
        while (!this.#accept("}")) this.#item(name, scope);
        this.#scopes.set(name, scope);
        return true;
      } catch (error) {
        if (!(error instanceof Unknown)) throw error;
        this.#declarations(body, name, scope);
      }
    }
    return false;
  }

  /** Reads all items that can be read, and passes over the others. */
  #declarations(body: number, name: string, scope: Scope): void {
    this.#at = body;
    while (!this.#accept("}")) {
      const start = this.#at;
      try {
        this.#item(name, scope);
      } catch (error) {
        if (!(error instanceof Unknown)) throw error;
        this.#at = start;
        this.#skipItem();
      }
    }
  }

  #item(interfaceName: string, scope: Scope): void {
    const word = this.#next();
    if (word === "use") return this.#use(scope);
    if (word === "type") {
      const name = this.#next();
      this.#expect("=");
      scope.types.set(name, this.#type(scope));
      return this.#expect(";");
    }
    if (word === "resource") return this.#resource(`${interfaceName}#`, scope);
    if (["record", "variant", "enum", "flags"].includes(word)) {
      const name = this.#next();
      this.#expect("{");
      const parts = this.#list("}", () => this.#part(scope)).join(", ");
      scope.types.set(name, `${word} { ${parts} }`);
      return;
    }
    this.#expect(":");
    scope.found.functions.set(plain(word), this.#function([], scope));
  }

  #use(scope: Scope): void {
    let path = unversioned(this.#next());
    if (!path.includes("/")) path = `${this.#package}/${path}`;
    const from = this.#scopes.get(path);
    this.#expect(".");
    this.#expect("{");
    const names = this.#list("}", () => this.#next());
    this.#expect(";");
    for (const name of names) {
      const type = from?.types.get(name);
      if (type === undefined) throw new Unknown(`${path}.${name}`);
      scope.types.set(name, type);
      const resource = from?.found.resources.get(name);
      if (resource !== undefined) scope.found.resources.set(name, resource);
    }
  }

  #resource(prefix: string, scope: Scope): void {
    const name = this.#next();
    scope.types.set(name, `own<${prefix}${name}>`);
    scope.found.resources.set(name, prefix + name);
    if (this.#accept(";")) return;
    this.#expect("{");
    while (!this.#accept("}")) {
      const method = this.#next();
      this.#expect(":");
      const type = this.#function([["self", `borrow<${prefix}${name}>`]], scope);
      scope.found.functions.set(`[method]${name}.${plain(method)}`, type);
    }
  }

  #function(first: [string, string][], scope: Scope): string {
    this.#expect("func");
    this.#expect("(");
    const params = this.#list(")", (): [string, string] => {
      const name = plain(this.#next());
      this.#expect(":");
      return [name, this.#type(scope)];
    });
    const result = this.#accept("->") ? this.#type(scope) : "nothing";
    this.#expect(";");
    return functionText([...first, ...params], result);
  }

  /** A field, a case or a name. */
  #part(scope: Scope): string {
    const name = plain(this.#next());
    if (this.#accept(":")) return `${name}: ${this.#type(scope)}`;
    if (!this.#accept("(")) return name;
    const type = this.#type(scope);
    this.#expect(")");
    return `${name}(${type})`;
  }

  #type(scope: Scope): string {
    const name = this.#next();
    if (name === "_") return "_";
    if (name === "borrow") {
      this.#expect("<");
      const resource = scope.found.resources.get(this.#next());
      this.#expect(">");
      if (resource === undefined) throw new Unknown("a resource");
      return `borrow<${resource}>`;
    }
    if (name === "result" && !this.#accept("<")) return "result<_, _>";
    if (["list", "tuple", "option", "result"].includes(name)) {
      if (name !== "result") this.#expect("<");
      const parts = this.#list(">", () => this.#type(scope));
      if (name === "result" && parts.length === 1) parts.push("_");
      return `${name}<${parts.join(", ")}>`;
    }
    const type = PRIMITIVES.includes(name) ? name : scope.types.get(name);
    if (type === undefined) throw new Unknown(name);
    return type;
  }

  #list<Item>(end: string, item: () => Item): Item[] {
    const items: Item[] = [];
    while (!this.#accept(end)) {
      items.push(item());
      if (!this.#accept(",") && this.#tokens[this.#at] !== end) this.#expect(end);
    }
    return items;
  }

  #skipGate(): boolean {
    if (!this.#accept("@unstable")) return false;
    while (this.#next() !== ")");
    return true;
  }

  #skipItem(): void {
    while (this.#tokens[this.#at] !== ";" && this.#tokens[this.#at] !== "{") this.#at++;
    if (this.#accept(";")) return;
    this.#skipBlock();
    this.#accept(";");
  }

  #skipBlock(): void {
    while (this.#next() !== "{");
    for (let depth = 1; depth > 0;) {
      const token = this.#next();
      if (token === "{") depth++;
      if (token === "}") depth--;
    }
  }

  #accept(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false;
    this.#at++;
    return true;
  }

  #expect(token: string): void {
    if (this.#accept(token)) return;
    const before = this.#tokens.slice(Math.max(0, this.#at - 5), this.#at + 1).join(" ");
    throw new Error(`expected ${token} after: ${before}`);
  }

  #next(): string {
    const token = this.#tokens[this.#at++];
    if (token === undefined) throw new Error("the text ends too soon");
    return token;
  }
}

class Unknown extends Error {}

const PRIMITIVES = ["bool", "u8", "u32", "s32", "u64", "string"];

function unversioned(name: string): string {
  return name.replace(/@.*/, "");
}

/** A name without the sign that it is no keyword. */
function plain(name: string): string {
  return name.replace("%", "");
}
