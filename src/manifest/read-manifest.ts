import { type Address, address, lastSegment, splitAddress } from "../core/address.ts";
import { type Desired, plainLifecycle } from "../core/desired.ts";
import { type Diagnostic, fault, type Place } from "../core/errors.ts";
import type { Kind } from "../core/kind.ts";
import { type Fields, isFields, type Value } from "../core/values.ts";
import { type Expanded, expand } from "./expand.ts";
import { guessAddress } from "./guess-address.ts";
import { parseBy, partsThatFit, withoutEchoes } from "./issues.ts";
import type { Metadata } from "./manifest-schema.ts";
import type { YamlDocument } from "./parse-yaml.ts";
import { type ManifestContext, readFrame } from "./read-frame.ts";
import { shapeOf } from "./shape.ts";
import { childOf, placeAt, placeOfNode, plainAt, type YamlNode } from "./yaml-node.ts";

/** One document as read. With an error among the diagnostics, what it declares holds only what fits by itself. */
export type ReadManifest = { readonly desired?: Desired; readonly diagnostics: readonly Diagnostic[] };

type Spec = { readonly output: Value; readonly expanded: Expanded; readonly diagnostics: readonly Diagnostic[] };

/** Reads one document: its frame, and its spec by the schema of its kind. Never throws. */
export function readManifest(context: ManifestContext, document: YamlDocument): ReadManifest {
  const { root, value, faults, text } = document;
  const place = placeOfNode(root);
  if (value === undefined) return { ...guessed(text, place), diagnostics: faults };
  if (!isFields(value)) {
    const message = "a manifest is a map with apiVersion, kind, metadata and spec; write these";
    return { diagnostics: [...faults, fault("E_MANIFEST", message, { place })] };
  }
  const { kind, metadata, places, diagnostics } = readFrame(context, root, value);
  if (kind === undefined) return { diagnostics: [...faults, ...diagnostics] };
  const { name, provider = context.providerOf(kind) } = metadata;
  const spec = readSpec(context, root, value["spec"], kind, name);
  const all = [...faults, ...withoutEchoes(faults, [...diagnostics, ...spec.diagnostics])];
  if (name === undefined) return { diagnostics: all };
  const own = address(kind.kind, name);
  const desired: Desired = {
    address: own,
    kind: kind.kind,
    name,
    provider,
    spec: isFields(spec.output) ? withoutNothing(spec.output) : {},
    ...declared(metadata),
    source: place,
    places: Object.fromEntries([...spec.expanded.places, ...places]),
    sources: Object.fromEntries(spec.expanded.sources),
  };
  return { desired, diagnostics: all.map((one) => ({ ...one, address: own })) };
}

/** What a document that is no valid YAML most likely declares, without its spec. */
function guessed(text: string, source: Place): Pick<ReadManifest, "desired"> {
  const own = guessAddress(text);
  if (own === undefined) return {};
  const { kind, name } = splitAddress(own);
  return {
    desired: { address: own, kind, name, provider: "", spec: {}, ...declared({}), source, places: {}, sources: {} },
  };
}

function declared({
  labels,
  lifecycle,
  dependsOn,
}: Partial<Metadata>): Pick<Desired, "labels" | "lifecycle" | "dependsOn"> {
  return {
    labels: labels ?? {},
    lifecycle: { ...plainLifecycle, ...lifecycle } as Desired["lifecycle"],
    dependsOn: (dependsOn ?? []) as Address[],
  };
}

/** A spec without the fields that its schema turned into nothing. */
function withoutNothing(spec: Fields): Fields {
  return Object.fromEntries(Object.entries(spec).filter(([, value]) => value !== undefined));
}

function readSpec(
  { world }: ManifestContext,
  root: YamlNode,
  written: Value | undefined,
  kind: Kind,
  name: string | undefined,
): Spec {
  const node = childOf(root, "spec")?.node ?? root;
  const expanded = expand(written ?? null, node, shapeOf(kind.spec), world);
  if (!isFields(expanded.value)) {
    // What is written as no map has a fault in the frame already.
    const message = "must be a map of fields, not the text of a file; write the fields here";
    const isFile = isFields(written) && expanded.faults.length === 0;
    const more = isFile ? [fault("E_MANIFEST", message, { place: placeOfNode(node), field: "spec" })] : [];
    return { expanded, output: {}, diagnostics: [...expanded.faults, ...more] };
  }
  const value = named(expanded.value, kind, name);
  const { output, faults } = parseBy({
    value,
    schema: kind.spec,
    prefix: "",
    code: "E_FIELD",
    placeOf: (path, at) => {
      const isDefault = path[0] === kind.naming && value !== expanded.value;
      return placeAt(root, isDefault ? ["metadata", "name"] : ["spec", ...path], at);
    },
    writtenOf: (path) => plainAt(root, ["spec", ...path]),
    sourceOf: (path) => sourceOf(expanded, path),
    untold: new Set([...expanded.untold, ...undefaulted(expanded.value, kind, name)]),
    protoKeys: expanded.protoKeys,
  });
  return { expanded, output: output ?? partsThatFit(kind.spec, value), diagnostics: [...expanded.faults, ...faults] };
}

/** The spec with its naming field, which defaults to the last segment of the manifest's name. */
function named(spec: Fields, { naming }: Kind, name: string | undefined): Fields {
  if (naming === undefined || name === undefined || Object.hasOwn(spec, naming)) return spec;
  return { ...spec, [naming]: lastSegment(name) };
}

/** The naming field where the manifest has no name that it could default to: then its absence is no fault of its own. */
function undefaulted(spec: Fields, { naming }: Kind, name: string | undefined): readonly string[] {
  return naming === undefined || name !== undefined || Object.hasOwn(spec, naming) ? [] : [naming];
}

/** Where a value, or what it is part of, came from. */
function sourceOf(expanded: Expanded, path: string): string | undefined {
  const own = expanded.sources.get(path);
  if (own !== undefined || !path.includes(".")) return own;
  return sourceOf(expanded, path.slice(0, path.lastIndexOf(".")));
}
