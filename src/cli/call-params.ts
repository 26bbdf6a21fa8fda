import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { CairnError, type Diagnostic, failure, fault } from "../core/errors.ts";
import { type Fields, isFields, type Value } from "../core/values.ts";
import { parseJson } from "../http/json.ts";
import type { RunContext } from "./run.ts";

/** What a command line gives for a call. `literal` names the parameters whose values stand on the command line itself. */
export type GivenParams = { readonly params: Fields; readonly literal: ReadonlySet<string> };

type Tree = Map<string, Tree | string[]>;

/**
 * Reads `--param` and `--body`. A name may lead into lists and records (`PortMappings.1.Port`), a repeated one makes a list;
 * `@file` stands for a file's text, `$NAME` for an environment variable, and `@@`, `$$` for the signs themselves. The body is
 * a JSON object of parameters. Everything that is wrong is thrown at once.
 */
export function givenParams({ world, options }: Pick<RunContext, "world" | "options">): GivenParams {
  const faults: Diagnostic[] = [];
  const tree: Tree = new Map();
  const literal = new Set<string>();
  const readText = (file: string): string => readFileSync(resolve(world.cwd, options.directory, file), "utf8");
  for (const word of options.params) {
    const at = word.indexOf("=");
    const [name, text] = [word.slice(0, at), word.slice(at + 1)];
    try {
      const value = textFor(text, readText, world.env);
      if (value === text) literal.add(name.replace(/\..*/, ""));
      if (!put(tree, name.split("."), value)) throw failure("E_USAGE", "it is a value and a record at once");
    } catch (error) {
      faults.push(fault(codeOf(error), `--param ${name}: ${messageOf(error)}`));
    }
  }
  const fromWords = plain(tree) as Fields;
  const body = options.body === undefined ? {} : bodyIn(options.body, readText, faults);
  const twice = Object.keys(body).filter((name) => Object.hasOwn(fromWords, name));
  for (const name of twice) faults.push(fault("E_USAGE", `${name} is given by --param and by --body; give it once`));
  if (faults.length > 0) throw new CairnError(faults);
  return { params: Object.fromEntries([...Object.entries(body), ...Object.entries(fromWords)]), literal };
}

function textFor(text: string, readText: (file: string) => string, env: RunContext["world"]["env"]): string {
  if (text.startsWith("@@") || text.startsWith("$$")) return text.slice(1);
  if (text.startsWith("@")) return readText(text.slice(1));
  const [, name] = /^\$([A-Za-z_]\w*)$/.exec(text) ?? [];
  if (name === undefined) return text;
  const value = env[name];
  if (value === undefined) throw failure("E_VARIABLE", `the environment has no ${name}; write $$ for the sign itself`);
  return value;
}

/** False where the path leads through a value, or ends in a record. */
function put(tree: Tree, [first = "", ...rest]: readonly string[], value: string): boolean {
  const found = tree.get(first);
  if (rest.length === 0) {
    if (found instanceof Map) return false;
    tree.set(first, [...(found ?? []), value]);
    return true;
  }
  if (Array.isArray(found)) return false;
  const inner: Tree = found ?? new Map();
  tree.set(first, inner);
  return put(inner, rest, value);
}

/** Records whose names are all numbers are lists, in the order of the numbers. */
function plain(tree: Tree): Value {
  const entries = [...tree].map(([name, item]): [string, Value] => [
    name,
    item instanceof Map ? plain(item) : one(item),
  ]);
  if (entries.length === 0 || !entries.every(([name]) => /^\d+$/.test(name))) return Object.fromEntries(entries);
  return entries.sort(([left], [right]) => Number(left) - Number(right)).map(([, item]) => item);
}

function one(values: readonly string[]): Value {
  const [first = ""] = values;
  return values.length === 1 ? first : values;
}

function bodyIn(file: string, readText: (file: string) => string, faults: Diagnostic[]): Fields {
  try {
    const body = parseJson(readText(file));
    if (isFields(body)) return body;
    faults.push(fault("E_USAGE", `--body ${file}: it must be a JSON object of parameters`));
  } catch (error) {
    // A parser's message may quote the text, and the text may be secret.
    const reason = error instanceof SyntaxError ? "it is not JSON" : messageOf(error);
    faults.push(fault("E_READ", `--body ${file}: ${reason}`));
  }
  return {};
}

function codeOf(error: unknown): Diagnostic["code"] {
  return error instanceof CairnError ? error.code : "E_READ";
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
