import { type Diagnostic, fault, type Place } from "../core/errors.ts";
import { looksSecret } from "../core/mask.ts";
import { type Fields, isFields, type Value } from "../core/values.ts";
import { parseYaml } from "./parse-yaml.ts";
import { readCore } from "./yaml-scalar.ts";

/** A variable's value, and its place in the configuration; `given` where `--var` gave it. */
export type Variable = { readonly value: Value; readonly place?: Place; readonly given?: true };

/** Variables by name. */
export type Variables = ReadonlyMap<string, Variable>;

/**
 * The variables of a stack, those of `--var` first. A given value takes the type of the configured one, else it is a
 * scalar of YAML 1.2's core schema.
 */
export function chooseVariables(
  configured: Fields,
  given: Readonly<Record<string, string>>,
  placeOf: (name: string) => Place,
): { readonly variables: Variables; readonly faults: readonly Diagnostic[] } {
  const faults: Diagnostic[] = [];
  const variables = new Map<string, Variable>(
    Object.entries(configured).map(([name, value]) => [name, { value, place: placeOf(name) }]),
  );
  for (const [name, text] of Object.entries(given)) {
    const before = variables.get(name)?.value;
    const value = readAs(before, text);
    if (value === undefined) {
      const message = `--var ${name} must be ${typeName(before)}, as in cairn.yaml; ${looksSecret(name) ? "correct it" : `got "${text}"`}`;
      faults.push(fault("E_VARIABLE", message));
    } else variables.set(name, { value, given: true });
  }
  return { variables, faults };
}

/** What a value is called in messages. */
export function typeName(value: Value | undefined): string {
  if (Array.isArray(value)) return "a list";
  if (isFields(value)) return "a map";
  if (typeof value === "boolean") return "true or false";
  return typeof value === "number" ? "a number" : "text";
}

function readAs(before: Value | undefined, text: string): Value | undefined {
  if (typeof before === "string") return text;
  if (before === undefined || before === null) return readCore(text);
  const value = typeof before === "object" ? readCollection(text) : readCore(text);
  return typeName(value) === typeName(before) ? value : undefined;
}

/** A list or a map written in YAML's flow style. */
function readCollection(text: string): Value | undefined {
  const [document] = parseYaml(new TextEncoder().encode(text), "--var");
  return document === undefined || document.faults.length > 0 ? undefined : document.value;
}
