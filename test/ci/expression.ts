/** What an expression of GitHub's may look at, by name. */
export type Contexts = Readonly<Record<string, unknown>>;

/** How a job stands when a condition is asked. */
export type Status = "success" | "failure" | "cancelled";

type Reader = { readonly words: string[]; readonly contexts: Contexts; readonly status: Status };

const word = /\s*('(?:[^']|'')*'|==|!=|&&|\|\||[!()]|[\w-]+(?:\.[\w-]+)*|.)/gy;

/** The value of one expression. Fails for what GitHub's language has and the workflows do not use. */
export function evaluate(text: string, contexts: Contexts, status: Status): unknown {
  const words = [...text.trim().matchAll(word)].map(([, found = ""]) => found);
  const reader: Reader = { words, contexts, status };
  const value = either(reader);
  if (reader.words.length > 0) throw new Error(`cannot read "${reader.words.join(" ")}" of ${text}`);
  return value;
}

/** A text with its `${{ … }}` filled in. */
export function fill(text: string, contexts: Contexts): string {
  return text.replace(/\$\{\{(.*?)\}\}/gs, (_, inner: string) => String(evaluate(inner, contexts, "success") ?? ""));
}

/** Whether a step or job runs: without a function of status it does only after success. */
export function holds(condition: unknown, contexts: Contexts, status: Status): boolean {
  const text = condition === undefined ? "success()" : String(condition).replace(/^\$\{\{(.*)\}\}$/s, "$1");
  const asksStatus = /\b(always|failure|cancelled|success)\(\)/.test(text);
  return Boolean(evaluate(asksStatus ? text : `success() && (${text})`, contexts, status));
}

function either(reader: Reader): unknown {
  const left = both(reader);
  if (reader.words[0] !== "||") return left;
  reader.words.shift();
  const right = either(reader);
  return isTrue(left) ? left : right;
}

function both(reader: Reader): unknown {
  const left = equality(reader);
  if (reader.words[0] !== "&&") return left;
  reader.words.shift();
  const right = both(reader);
  return isTrue(left) ? right : left;
}

function equality(reader: Reader): unknown {
  const left = single(reader);
  const sign = reader.words[0];
  if (sign !== "==" && sign !== "!=") return left;
  reader.words.shift();
  const isEqual = String(left ?? "").toLowerCase() === String(single(reader) ?? "").toLowerCase();
  return (sign === "==") === isEqual;
}

function single(reader: Reader): unknown {
  const { words, contexts, status } = reader;
  const first = words.shift() ?? "";
  if (first === "!") return !isTrue(single(reader));
  if (first === "(") {
    const value = either(reader);
    if (words.shift() !== ")") throw new Error("a closing parenthesis is missing");
    return value;
  }
  if (first.startsWith("'")) return first.slice(1, -1).replaceAll("''", "'");
  if (words[0] === "(" && words[1] === ")") {
    words.splice(0, 2);
    return first === "always" || first === status;
  }
  const [name = "", ...path] = first.split(".");
  if (!(name in contexts)) throw new Error(`there is no context "${name}"`);
  return path.reduce<unknown>((value, key) => (value as Contexts | undefined)?.[key], contexts[name]);
}

function isTrue(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "" && value !== false && value !== 0;
}
