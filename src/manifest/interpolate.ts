import { interpolationPattern } from "../core/interpolation.ts";
import { didYouMean } from "../core/suggest.ts";
import { isFields, type Value } from "../core/values.ts";
import { typeName, type Variables } from "./variables.ts";

/** What interpolations are replaced from. */
export type Surroundings = {
  readonly variables: Variables;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What stands for environment variables that are not set, where nothing is to be applied; without it they are problems. */
  readonly standIn?: string;
  /** Set inside the value of a variable, which may refer to the environment only. */
  readonly nested?: true;
};

/** A text after interpolation. With problems the value is the text as far as it could be told. */
export type Interpolated = {
  readonly value: Value;
  /** Names of the environment variables that it holds. */
  readonly env: readonly string[];
  /** Names of the variables that it holds whose values stand in cairn.yaml in clear. */
  readonly variables: readonly string[];
  /** Names of the variables that it holds whose values `--var` gave. */
  readonly given: readonly string[];
  readonly problems: readonly string[];
  /** Names of environment variables that are not set, each among the problems too. */
  readonly missing: readonly string[];
};

/** An interpolation in a text: of a variable, or of one of the environment. */
export type Interpolation = { readonly source: "var" | "env"; readonly name: string };

/** What a text as written takes from elsewhere, in order. */
export function interpolationsIn(text: string): readonly Interpolation[] {
  return [...text.matchAll(interpolationPattern)].flatMap(([, source, name = ""]) =>
    source === "var" || source === "env" ? [{ source, name }] : [],
  );
}

/** A text without interpolations as it is read. */
export function withoutEscapes(text: string): string {
  return text.replaceAll("$${", () => "${");
}

/** A value without interpolations. */
export function plainValue(value: Value): Interpolated {
  return { value, env: [], variables: [], given: [], problems: [], missing: [] };
}

/**
 * Replaces `${var.x}` and `${env.X}`, and writes `${` for `$${`; every other `${…}` is plain text. A text that is one
 * interpolation becomes the variable's value, of its type.
 */
export function interpolate(text: string, surroundings: Surroundings): Interpolated {
  const parts: Interpolated[] = [];
  let end = 0;
  for (const match of text.matchAll(interpolationPattern)) {
    const [whole, source, name = ""] = match;
    const part = source === undefined ? plainValue("${") : lookUp(source, name, whole, surroundings);
    if (whole === text) return part;
    parts.push(plainValue(text.slice(end, match.index)), asText(part, whole));
    end = match.index + whole.length;
  }
  return join([...parts, plainValue(text.slice(end))]);
}

function lookUp(source: string, name: string, whole: string, surroundings: Surroundings): Interpolated {
  if (source === "env") return fromEnvironment(name, whole, surroundings);
  if (!surroundings.nested) return fromVariables(name, whole, surroundings);
  const problem = `the value of a variable cannot hold ${whole}; write what it stands for`;
  return { ...plainValue(whole), problems: [problem] };
}

function fromEnvironment(name: string, whole: string, { env, standIn }: Surroundings): Interpolated {
  const value = (Object.hasOwn(env, name) ? env[name] : undefined) ?? standIn;
  if (value !== undefined) return { ...plainValue(value), env: [name] };
  const problem = `environment variable ${name} is not set; set it, or write $${whole} where the text itself is meant`;
  return { ...plainValue(whole), problems: [problem], missing: [name] };
}

function fromVariables(name: string, whole: string, surroundings: Surroundings): Interpolated {
  const { variables } = surroundings;
  const variable = variables.get(name);
  if (variable === undefined) {
    const cure = didYouMean(name, variables.keys(), `add it to vars in cairn.yaml, or give --var ${name}=…`);
    return { ...plainValue(whole), problems: [`variable "${name}" is not defined; ${cure}`] };
  }
  if (variable.given) return { ...plainValue(variable.value), given: [name] };
  const found = withEnvironment(variable.value, surroundings);
  return found.env.length > 0 ? found : { ...found, variables: [name] };
}

/** A configured value with its own `${env.X}` replaced. Variables refer to the environment only, never to each other. */
function withEnvironment(value: Value, surroundings: Surroundings): Interpolated {
  if (typeof value === "string") return interpolate(value, { ...surroundings, variables: new Map(), nested: true });
  if (Array.isArray(value)) {
    const parts = value.map((one: Value) => withEnvironment(one, surroundings));
    return { ...join(parts), value: parts.map((part) => part.value) };
  }
  if (!isFields(value)) return plainValue(value);
  const entries = Object.entries(value).map(([key, one]) => [key, withEnvironment(one, surroundings)] as const);
  const joined = join(entries.map(([, part]) => part));
  return { ...joined, value: Object.fromEntries(entries.map(([key, part]) => [key, part.value])) };
}

function asText(part: Interpolated, whole: string): Interpolated {
  const { value } = part;
  if (value !== null && typeof value !== "object") return { ...part, value: String(value) };
  const what = value === null ? "empty" : typeName(value);
  const problem = `${whole} is ${what} and cannot stand inside a text; let it stand alone`;
  return { ...part, value: "", problems: [...part.problems, problem] };
}

function join(parts: readonly Interpolated[]): Interpolated {
  return {
    value: parts.map((part) => part.value).join(""),
    env: parts.flatMap((part) => part.env),
    variables: parts.flatMap((part) => part.variables),
    given: parts.flatMap((part) => part.given),
    problems: parts.flatMap((part) => part.problems),
    missing: parts.flatMap((part) => part.missing),
  };
}
