import { z } from "zod";
import type { Address } from "./address.ts";
import { type ExportDraft, exportDrafts, specOf } from "./export-draft.ts";
import type { Dropped } from "./export-fields.ts";
import { type Refused, refusedTogether } from "./export-together.ts";
import { type Field, fieldsOf } from "./fields.ts";
import type { Kinds } from "./kind.ts";
import { keyOf, liveNames } from "./live-names.ts";
import type { LiveObject } from "./live-object.ts";
import type { ManifestDocument } from "./manifest-document.ts";
import { type NeededValue, type NeededValues, neededValues } from "./needed-values.ts";
import { withoutSecretPlaces } from "./secret-places.ts";
import { ownedKey } from "./survey-state.ts";
import { byText, type Value } from "./values.ts";

/** What manifests are made of. */
export type ExportInput = {
  readonly kinds: Kinds;
  /** What was seen; what is not exported gives names to what lives in it. */
  readonly objects: readonly LiveObject[];
  readonly isExported: (object: LiveObject) => boolean;
  /** The aliases that are no provider's own name: their objects say so. */
  readonly aliases: ReadonlySet<string>;
};

/** An object of which there is no manifest, and why. */
export type LeftOut = {
  readonly kind: string;
  readonly id: string;
  readonly provider: string;
  readonly message: string;
};

/** The manifests of live objects, and what is to be known of them. */
export type Exported = {
  /** What something lives in comes before it; within a kind by name. */
  readonly manifests: readonly ManifestDocument[];
  readonly needed: readonly NeededValue[];
  /** Fields that the cloud does not show, left out of all manifests of a kind. */
  readonly hidden: Readonly<Record<string, readonly string[]>>;
  /** Shown values that cannot be declared, left out of a manifest. */
  readonly dropped: readonly (Dropped & { readonly address: Address })[];
  readonly left: readonly LeftOut[];
};

/**
 * Makes manifests of live objects, such that a plan against the same cloud adopts them all and changes nothing. An object that
 * cannot be declared is left out, and what refers to it does so by its id. Deterministic: the order of the objects counts for
 * nothing. Pure.
 */
export function exportManifests(input: ExportInput): Exported {
  const names = liveNames(input);
  const wanted = input.objects.filter(input.isExported);
  const left = new Map<string, LeftOut>();
  for (;;) {
    const kept = wanted.filter((object) => !left.has(keyOf(object)));
    const drafts = exportDrafts(input.kinds, names, kept);
    const refused = refusalsAmong(input, drafts);
    if (refused.length === 0) return finished(input, drafts, [...left.values()]);
    for (const { object, message } of refused) left.set(keyOf(object), leftOut(object, message));
  }
}

function leftOut({ kind, provider, live }: LiveObject, message: string): LeftOut {
  return { kind, id: live.id, provider, message };
}

/** The objects that cannot be declared, by themselves; where all can, those that cannot be declared together. */
function refusalsAmong({ kinds }: ExportInput, drafts: readonly ExportDraft[]): readonly Refused[] {
  const alone = drafts.flatMap(({ object, refused }) => (refused === undefined ? [] : [{ object, message: refused }]));
  if (alone.length > 0) return alone;
  return refusedTogether(
    kinds,
    drafts.map((draft) => ({ ...draft, spec: specOf(draft) })),
  );
}

function finished({ aliases }: ExportInput, drafts: readonly ExportDraft[], left: readonly LeftOut[]): Exported {
  const needed = neededValues();
  const hidden = new Map<string, Set<string>>();
  for (const draft of drafts) {
    for (const { name } of draft.hidden) {
      hidden.set(draft.kind.kind, (hidden.get(draft.kind.kind) ?? new Set()).add(name));
    }
  }
  return {
    manifests: drafts.map((draft) => manifestOf(draft, needed, aliases)),
    needed: needed.all(),
    hidden: Object.fromEntries([...hidden].map(([kind, fields]) => [kind, [...fields]])),
    dropped: drafts.flatMap(({ address: own, dropped }) => dropped.map((one) => ({ address: own, ...one }))),
    left: [...left].sort((one, other) => byText(sortKey(one), sortKey(other))),
  };
}

function sortKey({ kind, provider, id }: LeftOut): string {
  return ownedKey(provider, kind, id);
}

function manifestOf(draft: ExportDraft, needed: NeededValues, aliases: ReadonlySet<string>): ManifestDocument {
  const { kind, name, object } = draft;
  const metadata = { name, ...(aliases.has(object.provider) ? { provider: object.provider } : {}) };
  const entries = fieldsOf(kind).flatMap((field): [string, Value][] => {
    const value = fieldValue(draft, field, needed);
    return value === undefined ? [] : [[field.name, value]];
  });
  return { apiVersion: kind.apiVersion, kind: kind.kind, metadata, spec: Object.fromEntries(entries) };
}

function fieldValue(draft: ExportDraft, field: Field, needed: NeededValues): Value | undefined {
  const { address: own, written, supplied } = draft;
  const { name, schema, traits, reference } = field;
  if (supplied.includes(field)) {
    const description = z.globalRegistry.get(schema)?.description;
    const about = { address: own, field: name, why: "hidden" as const, ...(description ? { description } : {}) };
    return needed.add({ ...about, source: traits.secret === true ? "env" : "var" }, name);
  }
  const value = written[name];
  if (value === undefined || reference !== undefined) return value;
  return withoutSecretPlaces(field, value, name, ({ path, name: called, secret }) => {
    const source = typeof secret === "string" ? "env" : "var";
    return needed.add({ source, address: own, field: path, why: "secret" }, called);
  });
}
