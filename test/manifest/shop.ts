import { z } from "zod";
import type { Diagnostic } from "../../src/core/errors.ts";
import { defineKind } from "../../src/core/kind.ts";
import { placeText } from "../../src/core/place-of.ts";
import { reference } from "../../src/core/reference.ts";
import { numberOrRange, secret, yaml } from "../../src/core/traits.ts";
import { loadConfig } from "../../src/manifest/config.ts";
import type { FileEntry, Files } from "../../src/manifest/files.ts";
import { type LoadedManifests, loadManifests } from "../../src/manifest/load.ts";

const calls = {
  actions: { list: "List", create: "Create" },
  list: async () => [],
  create: async () => ({ id: "1" }),
};

/** A shop has a title of its own. */
const shop = defineKind({
  kind: "Shop",
  apiVersion: "market/v1",
  description: "a shop",
  spec: z.strictObject({
    title: z.string().min(1).max(20),
    open: z.boolean().optional(),
    size: numberOrRange(1).optional(),
    tier: z.enum(["test", "online"]).default("test"),
    hours: z.array(z.strictObject({ day: z.string(), from: z.int().min(0).max(23) })).optional(),
    labels: z.record(z.string().regex(/^[a-z_]+$/, "must be lower case"), z.string()).optional(),
    password: secret(z.string()).optional(),
    users: z.array(z.strictObject({ name: z.string(), token: secret(z.string()) })).optional(),
    keys: secret(z.record(z.string(), z.string())).optional(),
    deployment: yaml(z.union([z.string(), z.record(z.string(), z.unknown())])).optional(),
    loose: z.union([z.string(), z.strictObject({ at: z.string() })]).optional(),
    ratio: z.number().gt(0).lt(1).multipleOf(0.25).optional(),
    code: z.string().length(3).optional(),
    mail: z.email().optional(),
    tags: z.array(z.string()).min(1).max(2).optional(),
  }),
  naming: "title",
  scope: [],
  identity: ({ title }) => String(title),
  constraints: ({ open, size }) =>
    open === true && size === undefined ? [{ field: "size", message: "is needed by an open shop; add it" }] : [],
  ...calls,
});

/** A shelf stands in a shop, and perhaps beside another shelf. */
const shelf = defineKind({
  kind: "Shelf",
  apiVersion: "market/v1",
  description: "a shelf",
  spec: z.strictObject({
    shop: reference("Shop"),
    name: z.string(),
    beside: reference("Shelf").optional(),
  }),
  naming: "name",
  scope: ["shop"],
  identity: ({ name }) => String(name),
  ...calls,
});

const coin = defineKind({
  kind: "Coin",
  apiVersion: "mint/v2",
  description: "a coin",
  spec: z.strictObject({ value: z.int() }),
  scope: [],
  identity: ({ value }) => String(value),
  ...calls,
});

/** Two providers: one that needs a region, and one that needs nothing. */
const providers = [
  { name: "market", kinds: [shop, shelf] },
  { name: "mint", kinds: [coin] },
];

/** The schemas of their settings. */
export const settings = new Map<string, z.ZodObject>([
  [
    "market",
    z
      .strictObject({
        region: z.string().min(1),
        endpoint: z
          .string()
          .regex(/^https?:/, "must be a URL")
          .optional(),
        port: z.int().optional(),
        keyId: z.string().optional(),
        pass: secret(z.string()).optional(),
        accessToken: z.string().optional(),
      })
      .refine(
        ({ keyId, pass }) => (keyId === undefined) === (pass === undefined),
        "keyId and pass go together; give both",
      ),
  ],
  ["mint", z.strictObject({})],
]);

/** Files in memory; a text or the bytes by path, undefined for what leads outside. */
export function filesInMemory(contents: Readonly<Record<string, string | Uint8Array>>): Files {
  const paths = Object.keys(contents).sort();
  return {
    entries: (folder) => {
      const prefix = folder === "" ? "" : `${folder}/`;
      const below = paths.filter((path) => path.startsWith(prefix)).map((path) => path.slice(prefix.length));
      const names = [...new Set(below.map((path) => path.split("/", 1).join()))];
      return names.map((name): FileEntry => ({ name, folder: !below.includes(name), real: prefix + name }));
    },
    read: (path, limit) => {
      const found = contents[path];
      if (path.startsWith("..")) return { state: "outside" };
      if (found === undefined) return { state: paths.some((one) => one.startsWith(`${path}/`)) ? "folder" : "missing" };
      const bytes = typeof found === "string" ? new TextEncoder().encode(found) : found;
      return bytes.length > limit ? { state: "too-large" } : { state: "read", bytes };
    },
  };
}

/** The configuration of most tests. */
const config = `project: mall
vars: { size: 3, name: corner, pw: hunter2, list: [1], none: ~ }
providers:
  market: { region: north }
  aliases: { other: { provider: market, region: south } }
`;

type Options = {
  readonly env?: Record<string, string>;
  readonly vars?: Record<string, string>;
  readonly stack?: string;
};

/** Loads a project in memory; `cairn.yaml` need not be given. */
export function load(files: Readonly<Record<string, string | Uint8Array>>, options: Options = {}): LoadedManifests {
  const { env = {}, vars = {} } = options;
  const all = filesInMemory({ "cairn.yaml": config, ...files });
  const read = loadConfig({ files: all, env, vars, settings, credentials: true });
  const chosen = read.config?.forStack(options.stack);
  const before = [...read.diagnostics, ...(chosen?.diagnostics ?? [])];
  if (chosen?.config === undefined) return { desired: [], diagnostics: before };
  const { desired, diagnostics } = loadManifests({ files: all, config: chosen.config, providers, env });
  return { desired, diagnostics: [...before, ...diagnostics] };
}

/** Loads one manifest file. */
export function loadText(text: string, options: Options = {}): LoadedManifests {
  return load({ "manifests/a.yaml": text }, options);
}

/** Diagnostics as lines: `severity[CODE] place address field: message`. */
export function lines(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(({ severity, code, place, address, field, message }) => {
    const where = [place === undefined ? undefined : placeText(place), address, field].filter(Boolean).join(" ");
    return `${severity}[${code}] ${where}: ${message}`;
  });
}

/** A Shop manifest with the given spec lines. */
export function shopWith(...fields: string[]): string {
  return [
    "apiVersion: market/v1",
    "kind: Shop",
    "metadata: { name: mall/corner }",
    "spec:",
    "  tier: online",
    ...fields,
  ]
    .map((line, index) => (index > 4 ? `  ${line}` : line))
    .join("\n");
}
