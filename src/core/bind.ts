import type { Address } from "./address.ts";
import { blame } from "./blame.ts";
import type { Desired } from "./desired.ts";
import { type Diagnostic, fault } from "./errors.ts";
import { fieldsOf } from "./fields.ts";
import type { Kind, Live, Scope } from "./kind.ts";
import type { Entry } from "./ledger.ts";
import { resolveReference, resolveScope, type ScopeResolution } from "./resolve.ts";
import { type Binding, listing, objectKey, reading, type SurveyState } from "./survey-state.ts";
import { byText, type Fields, type Value } from "./values.ts";

type Found =
  | { readonly state: "present"; readonly object: Live; readonly liveScope: Scope }
  | { readonly state: "absent" | "pending" }
  | { readonly state: "unknown"; readonly fault: Diagnostic };

/** Binds one wanted or owned resource: by its owned id first, then by its identity in the wanted scope. */
export function bindResource(state: SurveyState, address: Address): Binding | undefined {
  const desired = state.wanted.get(address);
  const entry = state.ledger.entries[address];
  if (desired !== undefined) return bindWanted(state, desired, entry);
  const kind = state.kinds.get(entry?.kind ?? "");
  if (entry === undefined || kind === undefined) return undefined;
  const { provider, scope, parents, identity } = entry;
  return { address, kind, provider, scope, parents, identity, entry, ...findOwned(state, kind, entry) };
}

function bindWanted(state: SurveyState, desired: Desired, entry: Entry | undefined): Binding | undefined {
  const kind = state.kinds.get(desired.kind);
  if (kind === undefined) return undefined;
  const { address, provider, spec } = desired;
  const place = resolveScope(state, kind, provider, spec);
  const identity = identityOf(state, kind, provider, spec);
  const { scope, parents } = place;
  const base = {
    address,
    kind,
    provider,
    identity,
    scope,
    parents,
    desired,
    ...(entry === undefined ? {} : { entry }),
  };
  const owned: Found = entry === undefined ? { state: "absent" } : findOwned(state, kind, entry);
  const wanted = blamed(desired, place, matchIdentity(state, kind, desired, place, identity, owned));
  if (owned.state === "unknown" || owned.state === "pending") return { ...base, ...owned };
  const found = owned.state === "present" ? owned : wanted;
  if (found.state !== "present") return { ...base, ...found };
  if (wanted.state === "pending" || wanted.state === "unknown") return { ...base, ...wanted };
  const twin = wanted.state === "present" && wanted.object.id !== found.object.id ? { twin: wanted.object } : {};
  return { ...base, ...detail(state, kind, provider, desired, found), ...twin };
}

function blamed(desired: Desired, { faulty }: ScopeResolution, found: Found): Found {
  return found.state === "unknown" ? { ...found, fault: blame(found.fault, desired, faulty) } : found;
}

/** The identity of a declared spec; a reference to something not yet created counts as its address. */
export function identityOf(state: SurveyState, kind: Kind, provider: string, spec: Fields): string {
  const resolved: Record<string, Value> = { ...spec };
  for (const { name, reference, list } of fieldsOf(kind)) {
    const value = spec[name];
    if (reference === undefined || value === undefined) continue;
    const text = (one: unknown): string => {
      const target = resolveReference(state, reference, provider, one);
      if (target.state === "known") return target.id;
      return target.state === "absent" ? `?${target.owner}` : "?";
    };
    resolved[name] = list && Array.isArray(value) ? value.map(text) : text(value);
  }
  return kind.identity(resolved);
}

/** Finds the owned object by its id; where its list lacks it, absence is proved by a read of its own. */
function findOwned(state: SurveyState, kind: Kind, entry: Entry): Found {
  const parents = Object.values(entry.parents).map((address) => state.bind(address));
  if (parents.some((parent) => parent?.state === "pending")) return { state: "pending" };
  if (parents.some((parent) => parent?.state === "absent")) return { state: "absent" };
  const request = { provider: entry.provider, kind: kind.kind, scope: entry.scope };
  const rows = listing(state, request);
  if (rows === undefined) return { state: "pending" };
  if (rows.fault !== undefined) return { state: "unknown", fault: rows.fault };
  const row = rows.objects.find((object) => object.id === entry.id);
  if (row !== undefined) return { state: "present", object: row, liveScope: entry.scope };
  const proof = reading(state, { ...request, id: entry.id, spec: entry.spec });
  if (proof === undefined) return { state: "pending" };
  if (proof.fault !== undefined) return { state: "unknown", fault: proof.fault };
  if (proof.object === undefined) return { state: "absent" };
  const shown = kind.identity(proof.object.spec);
  if (shown !== entry.identity) return { state: "unknown", fault: strayed(entry, shown) };
  return { state: "present", object: proof.object, liveScope: entry.scope };
}

/** The fault of an owned id that leads to something else, outside of where the owned object lives. */
function strayed({ address, id, identity }: Entry, shown: string): Diagnostic {
  const message = `id ${id} is owned as ${identity}; the list that it belongs to lacks it, and by itself it shows ${shown}`;
  return fault("E_BAD_ANSWER", message, {
    address,
    help: `look at it in the cloud; cairn ledger forget ${address} gives it up, and the next plan looks for ${identity} anew`,
  });
}

/** Finds the object with the wanted identity in the wanted scope, unless another wanted address owns it. Two of them are ambiguous unless the owned id decides. */
function matchIdentity(
  state: SurveyState,
  kind: Kind,
  { provider, address }: Desired,
  place: ScopeResolution,
  identity: string,
  owned: Found,
): Found {
  if (place.fault !== undefined) return { state: "unknown", fault: place.fault };
  if (place.pending || owned.state === "pending") return { state: "pending" };
  if (place.absent) return { state: "absent" };
  const rows = listing(state, { provider, kind: kind.kind, scope: place.scope });
  if (rows === undefined) return { state: "pending" };
  if (rows.fault !== undefined) return { state: "unknown", fault: rows.fault };
  const isFree = ({ id }: Live): boolean =>
    (state.holders.get(objectKey(provider, kind.kind, id, place.scope)) ?? address) === address;
  const matches = rows.objects.filter((object) => kind.identity(object.spec) === identity && isFree(object));
  const mine = owned.state === "present" ? owned.object.id : undefined;
  const [first, second] = matches.some((object) => object.id === mine)
    ? matches.filter((object) => object.id === mine)
    : matches;
  if (first === undefined) return { state: "absent" };
  if (second === undefined) return { state: "present", object: first, liveScope: place.scope };
  return { state: "unknown", fault: ambiguous(identity, matches) };
}

/** The fault of several live objects that answer to one identity. */
export function ambiguous(identity: string, objects: readonly Live[]): Diagnostic {
  const ids = objects
    .map(({ id }) => id)
    .sort(byText)
    .join(" and ");
  return fault("E_AMBIGUOUS", `${objects.length} live objects have the identity ${identity}: ids ${ids}`, {
    help: "delete or rename all but one of them in the cloud, then run again",
  });
}

/** Adds the declared fields that lists lack, by reading the object. */
function detail(
  state: SurveyState,
  kind: Kind,
  provider: string,
  desired: Desired,
  found: { readonly state: "present"; readonly object: Live; readonly liveScope: Scope },
): Found {
  const lacking = fieldsOf(kind).some(
    ({ name, traits }) =>
      traits.describedOnly === true && desired.spec[name] !== undefined && found.object.spec[name] === undefined,
  );
  if (!lacking || kind.read === undefined) return found;
  const { id, spec } = found.object;
  const read = reading(state, { provider, kind: kind.kind, scope: found.liveScope, id, spec });
  if (read === undefined) return { state: "pending" };
  if (read.fault !== undefined) return { state: "unknown", fault: read.fault };
  if (read.object === undefined) return { state: "absent" };
  return { ...found, object: { ...read.object, spec: { ...found.object.spec, ...read.object.spec } } };
}
