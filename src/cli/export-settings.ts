import type { z } from "zod";
import { conceal } from "../core/conceal.ts";
import { withEscapes } from "../core/interpolation.ts";
import { looksSecret } from "../core/mask.ts";
import { kebab } from "../core/name-segment.ts";
import { type Fields, isFields, type Value } from "../core/values.ts";

/** Settings of a provider as they are to be written, and the environment variables that they need. */
export type WrittenSettings = { readonly settings: Fields; readonly variables: readonly string[] };

/** What settings are written from. */
export type SettingsSource = {
  readonly alias: string;
  readonly schema: z.ZodType;
  readonly settings: Fields;
  /** The `${env.X}` of settings that come from the environment, by path. */
  readonly sources: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string | undefined>>;
};

const mark = "\u0000secret";

/**
 * The settings of a provider for another `cairn.yaml`: what comes from an environment variable still does, and what is secret does
 * from now on. Everything else is written as it is.
 */
export function writtenSettings(source: SettingsSource): WrittenSettings {
  const variables = new Set<string>();
  const concealed = conceal(source.schema, source.settings, mark);
  const settings = written(source, variables, { path: [], value: source.settings, concealed });
  return { settings: isFields(settings) ? settings : {}, variables: [...variables] };
}

type Spot = { readonly path: readonly string[]; readonly value: Value; readonly concealed: Value };

function written(source: SettingsSource, variables: Set<string>, spot: Spot): Value {
  const { path, value, concealed } = spot;
  if (!isFields(value)) return writtenLeaf(source, variables, spot);
  const entries = Object.entries(value).map(([name, item]): [string, Value] => {
    const inside = isFields(concealed) ? (concealed[name] ?? null) : concealed;
    return [name, written(source, variables, { path: [...path, name], value: item, concealed: inside })];
  });
  return Object.fromEntries(entries);
}

function writtenLeaf({ alias, sources, env }: SettingsSource, variables: Set<string>, spot: Spot): Value {
  const { path, value, concealed } = spot;
  const [, source = ""] = /^\$\{env\.([\w.-]+)\}$/.exec(sources[path.join(".")] ?? "") ?? [];
  const isSecret = concealed !== value || looksSecret(path.at(-1) ?? "");
  const isWhole = env[source] === String(value);
  if (!isWhole && !(isSecret && typeof value === "string")) {
    return typeof value === "string" ? withEscapes(value) : value;
  }
  const name = isWhole ? source : variableFor(alias, path);
  variables.add(name);
  return `\${env.${name}}`;
}

function variableFor(alias: string, path: readonly string[]): string {
  const words = [alias, ...path].map((word) =>
    kebab(word)
      .toUpperCase()
      .replace(/[^A-Z\d]+/g, "_"),
  );
  return words.join("_").replace(/^(?=\d)/, "_");
}
