import { type Diagnostic, fault, type Place } from "../core/errors.ts";
import { fieldsOf } from "../core/fields.ts";
import type { Kind, Kinds } from "../core/kind.ts";
import { didYouMean } from "../core/suggest.ts";
import { type Fields, isFields } from "../core/values.ts";
import { type Expanded, type ExpandWorld, expand } from "./expand.ts";
import { parseBy, partsThatFit } from "./issues.ts";
import { type Metadata, manifestSchema, metadataSchema } from "./manifest-schema.ts";
import type { ConfiguredProvider } from "./provider-settings.ts";
import { shapeOf } from "./shape.ts";
import { childOf, placeAt, plainAt, type YamlNode } from "./yaml-node.ts";

/** What manifests are read with. */
export type ManifestContext = {
  readonly kinds: Kinds;
  /** The provider of a kind. */
  readonly providerOf: (kind: Kind) => string;
  readonly providers: ReadonlyMap<string, ConfiguredProvider>;
  readonly world: ExpandWorld;
};

/** A manifest without its spec, as far as it can be told. */
export type Frame = {
  readonly kind?: Kind;
  readonly metadata: Partial<Metadata>;
  /** The places of metadata by path, `metadata.` before each. */
  readonly places: ReadonlyMap<string, Place>;
  readonly diagnostics: readonly Diagnostic[];
};

/** Reads everything of a manifest but its spec. */
export function readFrame(context: ManifestContext, root: YamlNode, value: Fields): Frame {
  const expanded = readMetadata(context, root, value);
  const filled = expanded === undefined ? value : { ...value, metadata: expanded.value };
  const { output, faults } = parseBy({
    value: filled,
    schema: manifestSchema,
    prefix: "",
    code: "E_MANIFEST",
    placeOf: (path, at) => placeAt(root, path, at),
    writtenOf: (path) => plainAt(root, path),
    sourceOf: (path) => expanded?.sources.get(path.replace(/^metadata\./, "")),
    untold: new Set([...(expanded?.untold ?? [])].map((path) => `metadata.${path}`)),
    protoKeys: expanded?.protoKeys ?? false,
  });
  const kind = context.kinds.get(String(value["kind"]));
  const metadata = isFields(output)
    ? (output["metadata"] as Metadata)
    : (partsThatFit(metadataSchema, expanded?.value) as Partial<Metadata>);
  const diagnostics = [
    ...(expanded?.faults ?? []).map((one) => ({ ...one, field: `metadata.${one.field}` })),
    ...faults,
    ...checkKind(context, root, value, kind),
    ...(kind === undefined ? [] : checkMetadata(context, root, kind, metadata)),
  ];
  const places = new Map([...(expanded?.places ?? [])].map(([path, place]) => [`metadata.${path}`, place]));
  return { ...(kind === undefined ? {} : { kind }), metadata, places, diagnostics };
}

function readMetadata({ world }: ManifestContext, root: YamlNode, value: Fields): Expanded | undefined {
  const written = value["metadata"];
  const node = childOf(root, "metadata")?.node;
  return written === undefined || node === undefined
    ? undefined
    : expand(written, node, shapeOf(metadataSchema), world);
}

/** Checks kind and apiVersion against what the providers know. */
function checkKind({ kinds }: ManifestContext, root: YamlNode, value: Fields, kind: Kind | undefined): Diagnostic[] {
  const { kind: kindName, apiVersion } = value;
  const faults: Diagnostic[] = [];
  if (typeof kindName === "string" && kind === undefined) {
    const cure = didYouMean(kindName, kinds.keys(), `known are ${[...kinds.keys()].join(", ")}`);
    faults.push(
      fault("E_UNKNOWN_KIND", `unknown kind "${kindName}"; ${cure}`, { place: placeAt(root, ["kind"]), field: "kind" }),
    );
  }
  if (typeof apiVersion !== "string" || apiVersion === kind?.apiVersion) return faults;
  const versions = [...new Set([...kinds.values()].map((one) => one.apiVersion))];
  if (kind === undefined && versions.includes(apiVersion)) return faults;
  const right =
    kind === undefined
      ? didYouMean(apiVersion, versions, `known are ${versions.join(", ")}`)
      : `${kind.kind} is of ${kind.apiVersion}, write that`;
  const message = `unknown apiVersion "${apiVersion}"; ${right}`;
  return [...faults, fault("E_MANIFEST", message, { place: placeAt(root, ["apiVersion"]), field: "apiVersion" })];
}

function checkMetadata(
  context: ManifestContext,
  root: YamlNode,
  kind: Kind,
  metadata: Partial<Metadata>,
): Diagnostic[] {
  const known = fieldsOf(kind).map((field) => field.name);
  const ignored = metadata.lifecycle?.ignoreChanges ?? [];
  const unknown = ignored.flatMap((field, index): Diagnostic[] => {
    if (known.includes(field)) return [];
    const path = ["metadata", "lifecycle", "ignoreChanges", index];
    const message = `${kind.kind} has no field "${field}"; ${didYouMean(field, known, "remove it")}`;
    return [fault("E_UNKNOWN_FIELD", message, { place: placeAt(root, path), field: path.join(".") })];
  });
  return [...unknown, ...checkProvider(context, placeAt(root, ["metadata", "provider"]), kind, metadata)];
}

function checkProvider(
  context: ManifestContext,
  place: Place,
  kind: Kind,
  { provider }: Partial<Metadata>,
): Diagnostic[] {
  if (provider === undefined) return [];
  const wanted = context.providerOf(kind);
  const fits = [...context.providers].filter(([, one]) => one.provider === wanted).map(([name]) => name);
  if (fits.includes(provider)) return [];
  const found = context.providers.get(provider);
  const what =
    found === undefined
      ? `cairn.yaml configures no provider "${provider}"`
      : `"${provider}" is a ${found.provider}, which has no ${kind.kind}`;
  const cure = didYouMean(provider, fits, fits.length === 0 ? `add one of ${wanted}` : `write ${fits.join(" or ")}`);
  return [fault("E_MANIFEST", `${what}; ${cure}`, { place, field: "metadata.provider" })];
}
