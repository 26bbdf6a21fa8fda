import { z } from "zod";
import { kindsOf, providers } from "../providers/index.ts";
import { backendKinds } from "../src/cli/backend-kinds.ts";
import type { Kind } from "../src/core/kind.ts";
import type { Provider } from "../src/core/provider.ts";
import { configSchema } from "../src/manifest/config-schema.ts";
import { metadataSchema } from "../src/manifest/manifest-schema.ts";

type Schema = { readonly [keyword: string]: unknown };

const dialect = "https://json-schema.org/draft/2020-12/schema";

/** What users may write in place of any value, before it is looked up. */
const shared: Schema = {
  interpolation: {
    description: "a variable or an environment variable",
    type: "string",
    pattern: String.raw`\$\{(var|env)\.[^}]+\}`,
  },
  file: {
    description: "the text of a file of the project",
    type: "object",
    properties: { $file: { type: "string" } },
    required: ["$file"],
    additionalProperties: false,
  },
};

/** What the fields of `metadata` mean. */
const meanings: Readonly<Record<string, string>> = {
  name: "unique among the manifests of this kind",
  labels: "texts for people",
  provider: "a provider or alias of cairn.yaml",
  dependsOn: "addresses, Kind/name, that have to be there before",
  lifecycle: "how the object may be treated",
  preventDestroy: "true: never deleted or replaced; false: lifts the kind's own protection",
  ignoreChanges: "fields whose differences do not count",
  deletionPolicy: "what becomes of it when its manifest goes",
  force: "deletes take along what depends on it in the cloud",
};

/** Every schema of the project by its path below `schemas/`, as text. Pure. */
export function schemaFiles(): ReadonlyMap<string, string> {
  const kinds = [...kindsOf(providers).values()];
  const documents = kinds.map((kind): [string, Schema] => [`${kind.kind}.schema.json`, manifestSchema(kind)]);
  const union = {
    $schema: dialect,
    title: "a manifest of cairn",
    type: "object",
    required: ["kind"],
    properties: { kind: { enum: kinds.map(({ kind }) => kind) } },
    // Not `if` and `then`, because an object with `then` looks like a promise.
    allOf: kinds.map(({ kind }) => ({
      if: { properties: { kind: { not: { const: kind } } } },
      else: { $ref: `${kind}.schema.json` },
    })),
  };
  const all: [string, Schema][] = [
    ...documents,
    ["cairn.schema.json", union],
    ["config.schema.json", configDocument()],
  ];
  return new Map(all.map(([name, schema]) => [name, `${JSON.stringify(schema, null, 2)}\n`]));
}

function manifestSchema({ kind, apiVersion, description, naming, spec }: Kind): Schema {
  const { $schema: _, required, ...rest } = inputOf(spec);
  const names = Array.isArray(required) ? required.filter((name) => name !== naming) : [];
  return {
    $schema: dialect,
    $id: `${kind}.schema.json`,
    title: kind,
    description,
    type: "object",
    properties: {
      apiVersion: { const: apiVersion },
      kind: { const: kind },
      metadata: explained(withoutDialect(inputOf(metadataSchema))),
      spec: { ...opened(rest), ...(names.length === 0 ? {} : { required: names }) },
    },
    required: ["apiVersion", "kind", "metadata", ...(names.length === 0 ? [] : ["spec"])],
    additionalProperties: false,
    $defs: shared,
  };
}

/** The same schema with the meaning of each field that has one. */
function explained(schema: Schema): Schema {
  const { properties } = schema;
  if (!isSchema(properties)) return schema;
  const told = Object.entries(properties).map(([name, one]) => {
    const description = meanings[name];
    const inner = isSchema(one) ? explained(one) : {};
    return [name, description === undefined ? inner : { ...inner, description }];
  });
  return { ...schema, properties: Object.fromEntries(told) };
}

function configDocument(): Schema {
  const { properties, ...rest } = inputOf(configSchema);
  const top = properties as Record<string, Schema>;
  const own = (schema: Schema): Schema => ({ ...schema, providers: providersSchema(), ledger: ledgerSchema() });
  const stacks = top["stacks"] as { additionalProperties: { anyOf: Schema[] } };
  const inStack = stacks.additionalProperties.anyOf.map((one) =>
    "properties" in one ? { ...one, properties: own(one["properties"] as Schema) } : one,
  );
  return {
    ...rest,
    $id: "config.schema.json",
    title: "cairn.yaml",
    properties: { ...own(top), stacks: { ...stacks, additionalProperties: { anyOf: inStack } } },
    $defs: shared,
  };
}

/** Nothing is required here, because a stack may add what the top level leaves out, and the other way round. */
function providersSchema(): Schema {
  const settings = (provider: Provider): Schema => {
    const { required: _, ...schema } = opened(withoutDialect(inputOf(provider.settings)));
    return schema;
  };
  const alias = (provider: Provider): Schema => {
    const schema = settings(provider);
    return { ...schema, properties: { provider: { const: provider.name }, ...(schema["properties"] as Schema) } };
  };
  return {
    type: "object",
    description: "settings per provider, and further accounts or regions under aliases",
    properties: {
      ...Object.fromEntries(providers.map((provider) => [provider.name, settings(provider)])),
      aliases: { type: "object", additionalProperties: { anyOf: providers.map(alias) } },
    },
    additionalProperties: false,
  };
}

/** What any backend takes, because a stack may give the rest of what the top level begins. Nothing is required for the same reason. */
function ledgerSchema(): Schema {
  const kinds = [...backendKinds.values()].map(({ settings }) => opened(withoutDialect(inputOf(settings))));
  const properties = Object.assign({}, ...kinds.map((kind) => kind["properties"])) as Schema;
  return {
    type: "object",
    description: "where the ledger lies: a backend, and what that backend takes",
    properties: { ...properties, backend: { enum: [...backendKinds.keys()] } },
    additionalProperties: false,
  };
}

function inputOf(schema: z.ZodType): Schema {
  return z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
}

function withoutDialect({ $schema: _, ...rest }: Schema): Schema {
  return rest;
}

/** The same schema, but any property or element may also be an interpolation, and any text a file's. */
function opened(schema: Schema): Schema {
  const { properties, items, additionalProperties, anyOf } = schema;
  return {
    ...schema,
    ...(isSchema(properties) ? { properties: mapped(properties, alternatives) } : {}),
    ...(isSchema(items) ? { items: alternatives(items) } : {}),
    ...(isSchema(additionalProperties) && "type" in additionalProperties
      ? { additionalProperties: alternatives(additionalProperties) }
      : {}),
    ...(Array.isArray(anyOf) ? { anyOf: anyOf.map(opened) } : {}),
  };
}

function alternatives(schema: unknown): Schema {
  if (!isSchema(schema)) return {};
  const inner = opened(schema);
  const { description, default: initial, anyOf, ...rest } = inner;
  const own = Array.isArray(anyOf) ? anyOf.filter(isSchema) : [rest];
  const takesText = own.some(({ type }) => type === "string");
  const isFreeText = own.some((one) => one["type"] === "string" && Object.keys(one).length === 1);
  const more = [
    ...(isFreeText ? [] : [{ $ref: "#/$defs/interpolation" }]),
    ...(takesText ? [{ $ref: "#/$defs/file" }] : []),
  ];
  return {
    ...(description === undefined ? {} : { description }),
    ...(initial === undefined ? {} : { default: initial }),
    anyOf: [...own, ...more],
  };
}

function mapped(record: Schema, change: (schema: unknown) => Schema): Schema {
  return Object.fromEntries(Object.entries(record).map(([name, schema]) => [name, change(schema)]));
}

function isSchema(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
