import type { Address } from "./address.ts";
import { type Diagnostic, fault } from "./errors.ts";
import { fieldsOf } from "./fields.ts";
import type { Kind, Live, Scope } from "./kind.ts";
import { isReference, type Reference } from "./reference.ts";
import { listing, ownedKey, type Resolution, type SurveyState } from "./survey-state.ts";
import { byText, type Fields, sameValue, type Value } from "./values.ts";

/** The scope of a spec as far as it can be told: values known, parents managed here, and what stands in the way. */
export type ScopeResolution = {
  readonly scope: Scope;
  readonly parents: Readonly<Record<string, Address>>;
  /** A parent that does not exist yet: nothing can be listed, and nothing can be there. */
  readonly absent: boolean;
  readonly pending: boolean;
  readonly fault?: Diagnostic;
  /** The field whose reference has the fault. */
  readonly faulty?: string;
};

/** What one declared reference leads to. A live spec's reference (a bare id) leads to itself. */
export function resolveReference(state: SurveyState, kind: string, provider: string, value: unknown): Resolution {
  if (!isReference(value))
    return { state: "known", id: String(value), ...ownerOf(state, kind, provider, String(value)) };
  if ("to" in value) return resolveName(state, value.to);
  if ("lookup" in value) return resolveLookup(state, kind, provider, value.lookup);
  return { state: "known", id: value.id, ...ownerOf(state, kind, provider, value.id) };
}

function ownerOf(state: SurveyState, kind: string, provider: string, id: string): { owner?: Address } {
  const owner = state.owners.get(ownedKey(provider, kind, id));
  return owner === undefined ? {} : { owner };
}

function resolveName(state: SurveyState, address: Address): Resolution {
  const binding = state.bind(address);
  if (binding === undefined) return unknown("E_REFERENCE", `${address} is neither a manifest nor owned`);
  if (binding.state === "present" && binding.object !== undefined) {
    const { object, liveScope } = binding;
    return { state: "known", id: object.id, owner: address, live: object, scope: liveScope };
  }
  if (binding.state === "absent") return { state: "absent", owner: address };
  if (binding.fault !== undefined) return { state: "unknown", fault: binding.fault };
  return { state: "pending" };
}

/** Finds the one live object of a kind whose fields are as the lookup says. */
function resolveLookup(state: SurveyState, kindName: string, provider: string, lookup: Fields): Resolution {
  const kind = state.kinds.get(kindName);
  const text = `${kindName} ${JSON.stringify(lookup)}`;
  if (kind === undefined) return unknown("E_REFERENCE", `${text} cannot be looked up: ${kindName} is not a kind`);
  const place = resolveScope(state, kind, provider, lookup);
  if (place.fault !== undefined) return { state: "unknown", fault: place.fault };
  if (place.pending) return { state: "pending" };
  if (place.absent) return unknown("E_REFERENCE", `no ${text} exists: what it would live in does not exist yet`);
  const rows = listing(state, { provider, kind: kindName, scope: place.scope });
  if (rows === undefined) return { state: "pending" };
  if (rows.fault !== undefined) return { state: "unknown", fault: rows.fault };
  const matches = rows.objects.filter((object) => answers(state, kind, provider, lookup, object));
  const [first, second] = matches;
  if (first === undefined)
    return unknown("E_REFERENCE", `no ${text} exists; correct the lookup, or declare a manifest`);
  if (second !== undefined) {
    const ids = matches
      .map(({ id }) => id)
      .sort(byText)
      .join(", ");
    return unknown("E_AMBIGUOUS", `${matches.length} objects match ${text} (ids ${ids}); refer to one by { id: … }`);
  }
  return {
    state: "known",
    id: first.id,
    live: first,
    scope: place.scope,
    ...ownerOf(state, kindName, provider, first.id),
  };
}

function answers(state: SurveyState, kind: Kind, provider: string, lookup: Fields, object: Live): boolean {
  return fieldsOf(kind).every(({ name, reference }) => {
    const wanted = lookup[name];
    if (wanted === undefined) return true;
    if (reference === undefined) return sameValue(wanted, object.spec[name]);
    const target = resolveReference(state, reference, provider, wanted);
    return target.state === "known" && (object.spec[name] === undefined || object.spec[name] === target.id);
  });
}

function unknown(code: "E_REFERENCE" | "E_AMBIGUOUS", message: string): Resolution {
  return { state: "unknown", fault: fault(code, message) };
}

/** Resolves every path of a kind's scope from a declared spec. */
export function resolveScope(state: SurveyState, kind: Kind, provider: string, spec: Fields): ScopeResolution {
  const ends = kind.scope.map((path) => [path, resolvePath(state, kind, provider, spec, path)] as const);
  const [failed] = ends.flatMap(([path, end]) =>
    end.state === "unknown" ? [{ fault: end.fault, faulty: path.split(".", 1).join() }] : [],
  );
  return {
    scope: Object.fromEntries(ends.flatMap(([path, end]) => (end.state === "known" ? [[path, end.id]] : []))),
    parents: Object.fromEntries(
      ends.flatMap(([path, end]) => ("owner" in end && end.owner ? [[path, end.owner]] : [])),
    ),
    absent: ends.some(([, end]) => end.state === "absent"),
    pending: ends.some(([, end]) => end.state === "pending"),
    ...failed,
  };
}

/** Follows a path such as `environment.app` from a spec to its end. */
function resolvePath(state: SurveyState, kind: Kind, provider: string, spec: Fields, path: string): Resolution {
  const [head = "", ...rest] = path.split(".");
  const value = spec[head];
  const target = fieldsOf(kind).find((field) => field.name === head)?.reference;
  if (value === undefined) return unknown("E_REFERENCE", `${kind.kind} needs ${path}, which is not given`);
  if (target === undefined) return { state: "known", id: String(value) };
  if (rest.length === 0) return resolveReference(state, target, provider, value);
  const next = state.kinds.get(target);
  const nextSpec = specBehind(state, value);
  if (next === undefined || nextSpec === undefined) {
    return unknown("E_REFERENCE", `${kind.kind} needs ${path}, and ${head} does not say it; add ${rest[0]} to it`);
  }
  return resolvePath(state, next, provider, nextSpec, rest.join("."));
}

/** The declared fields behind a reference, with which a path goes on. */
function specBehind(state: SurveyState, value: Value): Fields | undefined {
  if (!isReference(value)) return undefined;
  return fieldsBehind(state, value);
}

function fieldsBehind(state: SurveyState, value: Reference): Fields | undefined {
  if ("lookup" in value) return value.lookup;
  if ("id" in value) return value.parents;
  const desired = state.wanted.get(value.to);
  if (desired !== undefined) return desired.spec;
  return state.ledger.entries[value.to]?.spec;
}
