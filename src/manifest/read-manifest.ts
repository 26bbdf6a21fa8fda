import { type Address, address, lastSegment } from "../core/address.ts";
import { type Desired, plainLifecycle } from "../core/desired.ts";
import { type Diagnostic, fault, type Place } from "../core/errors.ts";
import type { Kind } from "../core/kind.ts";
import { type Fields, isFields, type Value } from "../core/values.ts";
import { type Expanded, expand } from "./expand.ts";
import { guessAddress } from "./guess-address.ts";
import { parseBy } from "./issues.ts";
import type { Metadata } from "./manifest-schema.ts";
import type { YamlDocument } from "./parse-yaml.ts";
import { type ManifestContext, readFrame } from "./read-frame.ts";
import { childOf, placeAt, type YamlNode } from "./yaml-node.ts";

/** One document as read: with an error among the diagnostics without `desired`, but with its address if that can be told. */
export type ReadManifest = {
  readonly desired?: Desired;
  readonly address?: Address;
  readonly place: Place;
  readonly diagnostics: readonly Diagnostic[];
};

type Spec = { readonly output?: Value; readonly expanded: Expanded; readonly diagnostics: readonly Diagnostic[] };

/** Reads one document: its frame, and its spec by the schema of its kind. Never throws. */
export function readManifest(context: ManifestContext, document: YamlDocument): ReadManifest {
  const { root, value, faults, text } = document;
  const { place } = root;
  if (value === undefined) {
    const guess = guessAddress(text);
    return { place, diagnostics: faults, ...(guess === undefined ? {} : { address: guess }) };
  }
  if (!isFields(value)) {
    const message = "a manifest is a map with apiVersion, kind, metadata and spec; write these";
    return { place, diagnostics: [...faults, fault("E_MANIFEST", message, { place })] };
  }
  const { kind, name, metadata, diagnostics } = readFrame(context, root, value);
  if (kind === undefined) return { place, diagnostics: [...faults, ...diagnostics] };
  const spec = readSpec(context, root, value["spec"], kind, name);
  if (name === undefined) return { place, diagnostics: [...faults, ...diagnostics, ...spec.diagnostics] };
  const own = { address: address(kind.kind, name) };
  const all = [...faults, ...diagnostics, ...spec.diagnostics].map((one) => ({ ...one, ...own }));
  const isBroken = all.some(({ severity }) => severity === "error");
  if (isBroken || metadata === undefined || !isFields(spec.output)) return { ...own, place, diagnostics: all };
  const provider = metadata.provider ?? context.providerOf(kind);
  const desired: Desired = {
    ...own,
    kind: kind.kind,
    name,
    provider,
    spec: compact(spec.output),
    ...declared(metadata),
    source: place,
    places: Object.fromEntries(spec.expanded.places),
    sources: Object.fromEntries(spec.expanded.sources),
  };
  return { ...own, desired, place, diagnostics: all };
}

function declared({
  labels = {},
  lifecycle,
  dependsOn = [],
}: Metadata): Pick<Desired, "labels" | "lifecycle" | "dependsOn"> {
  return {
    labels,
    lifecycle: { ...plainLifecycle, ...lifecycle } as Desired["lifecycle"],
    dependsOn: dependsOn as Address[],
  };
}

/** A spec without the fields that its schema turned into nothing. */
function compact(spec: Fields): Fields {
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
  const expanded = expand(written ?? null, node, kind.spec, world);
  // What is no map has a fault in the frame already.
  if (!isFields(expanded.value)) return { expanded, diagnostics: expanded.faults };
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
    sourceOf: (path) => sourceOf(expanded, path),
    untold: expanded.untold,
  });
  const diagnostics = [...expanded.faults, ...faults];
  return { expanded, diagnostics, ...(output === undefined ? {} : { output }) };
}

/** The spec with its naming field, which defaults to the last segment of the manifest's name. */
function named(spec: Fields, { naming }: Kind, name: string | undefined): Fields {
  if (naming === undefined || name === undefined || Object.hasOwn(spec, naming)) return spec;
  return { ...spec, [naming]: lastSegment(name) };
}

/** Where a value, or what it is part of, came from. */
function sourceOf({ sources }: Expanded, path: string): string | undefined {
  const own = sources.get(path);
  if (own !== undefined || !path.includes(".")) return own;
  return sourceOf({ sources } as Expanded, path.slice(0, path.lastIndexOf(".")));
}
