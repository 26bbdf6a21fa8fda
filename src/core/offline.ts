import type { Address } from "./address.ts";
import type { Desired } from "./desired.ts";
import { type Diagnostic, fault } from "./errors.ts";
import { fieldsOf } from "./fields.ts";
import type { Kind, Kinds, Live } from "./kind.ts";
import type { LedgerState } from "./ledger.ts";
import { keptSpec } from "./seal.ts";
import { type Listing, listKey, type Reading, readKey, type Snapshot } from "./snapshot.ts";
import { survey } from "./survey.ts";
import { byText, type Fields } from "./values.ts";

/** A snapshot without anything that is secret or looks secret: fit to be kept in a file. */
export function keptSnapshot({ listings, readings }: Snapshot, kinds: Kinds): Snapshot {
  const kept = (kind: string, live: Live): Live => ({ ...live, spec: keptOf(kinds.get(kind), live.spec) });
  const listing = ({ request, objects }: Listing): Listing => ({
    request,
    objects: objects.map((live) => kept(request.kind, live)),
  });
  const reading = ({ request, object }: Reading): Reading => ({
    request: { ...request, spec: keptOf(kinds.get(request.kind), request.spec) },
    ...(object === undefined ? {} : { object: kept(request.kind, object) }),
  });
  return {
    listings: new Map([...listings].map(([key, one]) => [key, listing(one)])),
    readings: new Map([...readings].map(([key, one]) => [key, reading(one)])),
  };
}

/**
 * A ledger without open intents, and without the digests of secrets: others could try passwords against them. Nor does it hold
 * digests of content that triggers, which may be made of secrets as well: nothing is triggered offline.
 */
export function keptLedger(ledger: LedgerState, kinds: Kinds): LedgerState {
  const entries = Object.entries(ledger.entries).map(([address, entry]) => {
    const secrets = secretFields(kinds.get(entry.kind));
    const kept = Object.entries(entry.spec).filter(([name]) => !secrets.includes(name));
    const { triggers: _, ...rest } = entry;
    return [address, { ...rest, spec: Object.fromEntries(kept) }] as const;
  });
  return { ...ledger, entries: Object.fromEntries(entries), intents: [] };
}

/** A field that an offline plan does not compare, and why. */
export type Uncompared = {
  readonly address: Address;
  readonly field: string;
  readonly reason: "secret" | "environment";
};

/**
 * What is wanted, as far as it can be held against a kept snapshot: without secrets, and leaving fields alone whose
 * environment variables are not set.
 */
export function offlineDesired(
  desired: readonly Desired[],
  kinds: Kinds,
  isSet: (environmentVariable: string) => boolean,
): { readonly desired: readonly Desired[]; readonly uncompared: readonly Uncompared[] } {
  const uncompared: Uncompared[] = [];
  const reduced = desired.map((one): Desired => {
    const kind = kinds.get(one.kind);
    const secrets = secretFields(kind).filter((name) => one.spec[name] !== undefined);
    const fromUnset = unsetFields(one, isSet).filter((name) => !secrets.includes(name));
    uncompared.push(
      ...secrets.map((field) => ({ address: one.address, field, reason: "secret" as const })),
      ...fromUnset.map((field) => ({ address: one.address, field, reason: "environment" as const })),
    );
    const ignoreChanges = [...new Set([...one.lifecycle.ignoreChanges, ...secrets, ...fromUnset])];
    return { ...one, spec: keptOf(kind, one.spec), lifecycle: { ...one.lifecycle, ignoreChanges } };
  });
  return { desired: reduced, uncompared };
}

/**
 * A snapshot in which every list and read is answered that the wanted and owned resources ask for: what was not looked at when
 * it was made counts as empty. `assumed` says of which kinds.
 */
export function completeSnapshot(
  input: { readonly kinds: Kinds; readonly desired: readonly Desired[]; readonly ledger: LedgerState },
  snapshot: Snapshot,
): { readonly snapshot: Snapshot; readonly assumed: readonly string[] } {
  const assumed = new Set<string>();
  let complete = snapshot;
  for (;;) {
    const { lists, reads } = survey({ ...input, snapshot: complete });
    if (lists.length + reads.length === 0) return { snapshot: complete, assumed: [...assumed].sort(byText) };
    const listings = new Map(complete.listings);
    const readings = new Map(complete.readings);
    for (const request of lists) listings.set(listKey(request), { request, objects: [] });
    for (const request of reads) readings.set(readKey(request), { request });
    for (const { kind } of lists) assumed.add(kind);
    complete = { listings, readings };
  }
}

/** What has to be said of an offline plan: it may not see everything. */
export function offlineWarnings(uncompared: readonly Uncompared[], assumed: readonly string[]): readonly Diagnostic[] {
  const named = (reason: Uncompared["reason"]): string =>
    uncompared.flatMap((one) => (one.reason === reason ? [`${one.address} ${one.field}`] : [])).join(", ");
  const [secrets, unset, unseen] = [named("secret"), named("environment"), assumed.join(", ")];
  return [
    ...warned(secrets, `secrets are not compared offline: ${secrets}`, "cairn plan without --offline compares them"),
    ...warned(
      unset,
      `not compared, because environment variables are not set: ${unset}`,
      "set them to have it compared",
    ),
    ...warned(
      unseen,
      `the snapshot does not show every ${unseen}: what it lacks counts as absent`,
      "keep a newer one: cairn plan --snapshot FILE",
    ),
  ];
}

/** A warning about something, unless it is nothing. */
function warned(about: string, message: string, help: string): readonly Diagnostic[] {
  return about === "" ? [] : [{ ...fault("E_INCOMPLETE", message, { help }), severity: "warning" }];
}

/** Of what nobody knows the kind of nobody knows what is secret. */
function keptOf(kind: Kind | undefined, spec: Fields): Fields {
  return kind === undefined ? {} : keptSpec(kind, spec);
}

function secretFields(kind: Kind | undefined): readonly string[] {
  return kind === undefined ? [] : fieldsOf(kind).flatMap(({ name, traits }) => (traits.secret === true ? [name] : []));
}

/** The top-level fields that hold something of an environment variable that is not set. */
function unsetFields({ sources }: Desired, isSet: (environmentVariable: string) => boolean): readonly string[] {
  const fields = Object.entries(sources).flatMap(([path, source]) =>
    [...source.matchAll(/\$\{env\.([\w.-]+)\}/g)].some(([, name = ""]) => !isSet(name))
      ? [path.replace(/\..*$/, "")]
      : [],
  );
  return [...new Set(fields)];
}
