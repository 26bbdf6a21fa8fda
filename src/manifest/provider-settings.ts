import { z } from "zod";
import { type Diagnostic, fault, type Place } from "../core/errors.ts";
import { looksSecret, maskUrls } from "../core/mask.ts";
import { didYouMean } from "../core/suggest.ts";
import { type Fields, isFields, type Value } from "../core/values.ts";
import { type ExpandWorld, expand } from "./expand.ts";
import { interpolate } from "./interpolate.ts";
import { parseBy } from "./issues.ts";
import { shapeAt, shapeOf } from "./shape.ts";
import { nodeAt } from "./yaml-node.ts";

/** A provider and the settings that one of its names stands for, interpolated. */
export type ConfiguredProvider = {
  readonly provider: string;
  readonly settings: Fields;
  /** The `${env.X}` of settings that come from the environment, by path. */
  readonly sources: Readonly<Record<string, string>>;
};

const anything = z.unknown();

/** What settings are read with. */
export type SettingsContext = {
  readonly settings: ReadonlyMap<string, z.ZodObject>;
  /** False where environment variables need not be set. */
  readonly credentials: boolean;
  readonly world: ExpandWorld;
  readonly placeOf: (path: readonly PropertyKey[], at?: "key" | "value") => Place;
};

/** The providers and aliases of a configuration; a provider that needs no settings is there without being named. */
export function chooseProviders(
  context: SettingsContext,
  written: Fields,
): { readonly providers: ReadonlyMap<string, ConfiguredProvider>; readonly diagnostics: readonly Diagnostic[] } {
  const { aliases = {}, ...own } = written;
  const implied = [...context.settings].filter(([name, schema]) => !(name in own) && schema.safeParse({}).success);
  const found = [
    ...Object.entries(own).map(([name, value]) => ownProvider(context, name, value)),
    ...Object.entries(isFields(aliases) ? aliases : {}).map(([name, value]) => aliasOf(context, name, value)),
  ];
  const providers = new Map<string, ConfiguredProvider>(
    implied.map(([provider]) => [provider, { provider, settings: {}, sources: {} }]),
  );
  for (const { name, configured } of found) if (configured !== undefined) providers.set(name, configured);
  return { providers, diagnostics: found.flatMap((one) => one.diagnostics) };
}

type Named = {
  readonly name: string;
  readonly configured?: ConfiguredProvider;
  readonly diagnostics: readonly Diagnostic[];
};

function ownProvider(context: SettingsContext, name: string, value: Value): Named {
  const path = ["providers", name];
  if (!context.settings.has(name)) return { name, diagnostics: [unknownProvider(context, name, path, "key")] };
  return configure(context, name, name, path, value);
}

function aliasOf(context: SettingsContext, name: string, value: Value): Named {
  const path = ["providers", "aliases", name];
  const { provider, settings } = readAlias(value);
  if (context.settings.has(name)) return { name, diagnostics: [takenName(context, name, path)] };
  if (context.settings.has(provider)) return configure(context, name, provider, path, settings);
  return { name, diagnostics: [unknownProvider(context, provider, [...path, "provider"], "value")] };
}

function configure(
  context: SettingsContext,
  name: string,
  provider: string,
  path: readonly string[],
  value: Value,
): Named {
  const { settings, sources, diagnostics } = expandSettings(
    context,
    path,
    isFields(value) ? value : {},
    context.settings.get(provider),
  );
  return { name, configured: { provider, settings, sources }, diagnostics };
}

function readAlias(value: Value): { readonly provider: string; readonly settings: Fields } {
  if (!isFields(value)) return { provider: "", settings: {} };
  const { provider = "", ...settings } = value;
  return { provider: String(provider), settings };
}

function unknownProvider(
  context: SettingsContext,
  name: string,
  path: readonly string[],
  at: "key" | "value",
): Diagnostic {
  const names = [...context.settings.keys()];
  const cure = didYouMean(name, names, `known are ${names.join(", ")}`);
  const message = name === "" ? `an alias needs its provider; ${cure}` : `no provider is named "${name}"; ${cure}`;
  return fault("E_CONFIG", message, { place: context.placeOf(path, at), field: path.join(".") });
}

function takenName(context: SettingsContext, alias: string, path: readonly string[]): Diagnostic {
  const message = `"${alias}" is the name of a provider; give the alias another name`;
  return fault("E_CONFIG", message, { place: context.placeOf(path, "key"), field: path.join(".") });
}

/**
 * Settings at a path of `cairn.yaml`, interpolated and, with a schema, held against it. A secret in clear is a warning.
 * Where credentials are not needed, values whose environment variables are not set stay as written.
 */
export function expandSettings(
  context: SettingsContext,
  path: readonly string[],
  written: Fields,
  schema?: z.ZodObject,
): Omit<ConfiguredProvider, "provider"> & { readonly diagnostics: readonly Diagnostic[] } {
  const expanded = expand(written, nodeAt(context.placeOf(path)), shapeOf(schema ?? anything), context.world);
  const faults = expanded.faults
    // A manifest may not hold secrets in clear; this file may, and is warned below.
    .filter(({ code }) => code !== "E_SECRET")
    .filter(({ field = "" }) => context.credentials || !expanded.unset.has(field))
    .map((one) => ({ ...one, ...located(context, [...path, ...(one.field ?? "").split(".")]) }));
  const warnings = secretsIn(context, written, schema, []).map((inside) => {
    const cure = "write ${env.NAME} and keep the value out of git";
    const where = located(context, [...path, ...inside]);
    return { ...fault("E_SECRET", `a secret stands here in clear; ${cure}`, where), severity: "warning" as const };
  });
  const { output, faults: unfit } =
    schema === undefined
      ? { output: expanded.value, faults: [] }
      : parseBy({
          value: expanded.value,
          schema,
          prefix: `${path.join(".")}.`,
          code: "E_CONFIG",
          placeOf: (inside, at) => context.placeOf([...path, ...inside], at),
          writtenOf: () => undefined,
          sourceOf: (inside) => expanded.sources.get(inside),
          untold: expanded.untold,
          protoKeys: expanded.protoKeys,
        });
  const settings = isFields(output) ? output : expanded.value;
  return {
    settings: isFields(settings) ? settings : {},
    sources: Object.fromEntries(expanded.sources),
    diagnostics: [...faults, ...warnings, ...unfit],
  };
}

function located(context: SettingsContext, path: readonly string[]): { readonly place: Place; readonly field: string } {
  return { place: context.placeOf(path), field: path.join(".") };
}

/** The paths of secrets that are written out. */
function secretsIn(
  context: SettingsContext,
  value: Value,
  schema: z.ZodObject | undefined,
  path: readonly string[],
): readonly (readonly string[])[] {
  if (isFields(value)) {
    return Object.entries(value).flatMap(([name, one]) => secretsIn(context, one, schema, [...path, name]));
  }
  if (typeof value !== "string" || value === "") return [];
  const shape = schema === undefined ? undefined : shapeAt(schema, path);
  const looksLikeOne = looksSecret(path.at(-1) ?? "") && shape?.noSecret !== true;
  // A URL may bring the password along.
  if (!looksLikeOne && shape?.secret !== true && maskUrls(value) === value) return [];
  const { env, given, problems } = interpolate(value, context.world);
  return env.length + given.length + problems.length > 0 ? [] : [path];
}
