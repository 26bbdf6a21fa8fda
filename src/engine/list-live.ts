import type { Diagnostic, ErrorCode } from "../core/errors.ts";
import { fieldOf, fieldsOf } from "../core/fields.ts";
import type { Kind, Kinds, Live, Scope } from "../core/kind.ts";
import type { LiveObject } from "../core/live-object.ts";
import { canonicalText, type Value } from "../core/values.ts";
import { faultOf } from "./fault-of.ts";
import { type Connect, type Observer, openObserver } from "./observer.ts";

/** What a walk through one cloud rests on. */
export type LiveWalkInput = {
  readonly kinds: Kinds;
  /** The alias of the provider whose cloud it is. */
  readonly provider: string;
  readonly api: Connect;
  /** Ids or values by field (`app`, `environment`, `dbInstanceId`): the walk keeps to objects that lie in one of them. */
  readonly within?: ReadonlyMap<string, readonly string[]>;
  /** Values of a plain scope field, such as `dbInstanceId`: no list of the cloud tells them. */
  readonly known: (field: string) => readonly string[];
};

/** What a walk found. With faults it is not all that there is. */
export type LiveList = {
  readonly objects: readonly LiveObject[];
  readonly faults: readonly Diagnostic[];
  /** Scope fields for which nobody knew a value, so that nothing was looked for. */
  readonly unscoped: readonly string[];
};

type Scopes = Omit<LiveList, "objects"> & { readonly scopes: readonly Scope[] };

/** After one of these, every further call would fail in the same way. */
const endings: ReadonlySet<ErrorCode> = new Set(["E_INTERRUPTED", "E_CREDENTIALS", "E_CONFIG", "E_UNREACHABLE"]);

/** The working memory of one walk. */
type Walk = LiveWalkInput & {
  readonly within: ReadonlyMap<string, readonly string[]>;
  readonly observer: Observer;
  readonly lists: Map<string, Promise<LiveList>>;
};

/**
 * Opens a walk through everything that lives in one cloud: it lists each kind in all of its scopes, which it finds by walking
 * from the kinds that need none. Every list is made once, however many kinds are asked for. Objects are whole: fields that
 * their list lacks are read, unless `listed` asks for what the lists show. Throws where every further call would fail in the
 * same way.
 */
export function openLiveWalk(input: LiveWalkInput): (kind: Kind, extent?: "whole" | "listed") => Promise<LiveList> {
  const observer = openObserver(input.kinds, input.api);
  const walk: Walk = { ...input, within: input.within ?? new Map(), observer, lists: new Map() };
  return async (kind, extent = "whole") => {
    const list = await listed(walk, kind);
    if (extent === "listed") return list;
    const whole = await Promise.all(list.objects.map((object) => completed(walk, kind, object)));
    return {
      ...list,
      objects: whole.flatMap(({ object }) => object ?? []),
      faults: distinct([...list.faults, ...whole.flatMap(({ fault }) => fault ?? [])]),
    };
  };
}

/** The object with the fields that only its read shows; neither object nor fault where it has gone meanwhile. */
async function completed(
  { observer }: Walk,
  kind: Kind,
  object: LiveObject,
): Promise<{ readonly object?: LiveObject; readonly fault?: Diagnostic }> {
  const { live, ...request } = object;
  if (!lacksFields(kind, live)) return { object };
  try {
    const read = await observer.read({ ...request, id: live.id, spec: live.spec });
    return read === undefined
      ? {}
      : { object: { ...request, live: { ...read, spec: { ...live.spec, ...read.spec } } } };
  } catch (error) {
    return { fault: survivable(error) };
  }
}

/** The fault of a call after which others may still succeed; else the error is thrown on. */
function survivable(error: unknown): Diagnostic {
  const fault = faultOf(error);
  if (endings.has(fault.code)) throw error;
  return fault;
}

function listed(walk: Walk, kind: Kind): Promise<LiveList> {
  const found = walk.lists.get(kind.kind) ?? listKind(walk, kind);
  walk.lists.set(kind.kind, found);
  return found;
}

async function listKind(walk: Walk, kind: Kind): Promise<LiveList> {
  const { scopes, faults, unscoped } = await scopesOf(walk, kind);
  const lists = await Promise.all(scopes.map((scope) => listScope(walk, kind, scope)));
  return {
    objects: lists.flatMap((list) => list.objects),
    faults: distinct([...faults, ...lists.flatMap((list) => list.faults)]),
    unscoped,
  };
}

async function listScope({ provider, within, observer }: Walk, kind: Kind, scope: Scope): Promise<LiveList> {
  const request = { provider, kind: kind.kind, scope };
  try {
    const found = (await observer.list(request)).filter((live) => liesWithin(kind, live, within));
    return { objects: found.map((live) => ({ ...request, live })), faults: [], unscoped: [] };
  } catch (error) {
    return { objects: [], faults: [inScope(survivable(error), kind, scope)], unscoped: [] };
  }
}

/** A fault that says which list of a kind it is about. */
function inScope(fault: Diagnostic, { kind }: Kind, scope: Scope): Diagnostic {
  const values = Object.entries(scope).map(([path, value]) => `${path} ${value}`);
  return values.length === 0 ? fault : { ...fault, message: `${kind} of ${values.join(", ")}: ${fault.message}` };
}

async function scopesOf(walk: Walk, kind: Kind): Promise<Scopes> {
  const heads = [...new Set(kind.scope.map(headOf))];
  const parts = await Promise.all(heads.map((head) => scopesBelow(walk, kind, head)));
  return parts.reduce(crossed, { scopes: [{}], faults: [], unscoped: [] });
}

/** The values of all scope paths of a kind that begin with one field. */
async function scopesBelow(walk: Walk, kind: Kind, head: string): Promise<Scopes> {
  const paths = kind.scope.filter((path) => headOf(path) === head);
  const target = walk.kinds.get(fieldOf(kind, head)?.reference ?? "");
  const only = walk.within.get(head);
  if (target === undefined || (only !== undefined && paths.every((path) => path === head))) {
    const values = only ?? walk.known(head);
    const unscoped = values.length === 0 ? [head] : [];
    return { scopes: values.map((value) => ({ [head]: value })), faults: [], unscoped };
  }
  const tails = paths.map((path) => path.slice(head.length + 1));
  // Where only the targets' own scope counts, they need not be listed themselves.
  const isAbove = only === undefined && tails.every((tail) => target.scope.includes(tail));
  const above = isAbove ? await scopesOf(walk, target) : await targetsOf(walk, target, only);
  return { ...above, scopes: distinct(above.scopes.map((scope) => renamed(scope, head, tails))) };
}

/** The targets of a reference as scopes of what lies in them: their fields, their own scope, and their id under "". */
async function targetsOf(walk: Walk, target: Kind, only: readonly string[] | undefined): Promise<Scopes> {
  const { objects, faults, unscoped } = await listed(walk, target);
  const kept = objects.filter(({ live }) => only?.includes(live.id) ?? true);
  const scopes = kept.map(({ live, scope }) => ({ ...textsIn(live), ...scope, "": live.id }));
  return { scopes, faults, unscoped };
}

/** Objects that do not show a field are kept: what is not shown cannot be told apart. */
function liesWithin(kind: Kind, { spec }: Live, within: ReadonlyMap<string, readonly string[]>): boolean {
  return [...within].every(([field, ids]) => {
    const value = fieldOf(kind, field) === undefined ? undefined : spec[field];
    return typeof value !== "string" || ids.includes(value);
  });
}

function lacksFields(kind: Kind, { spec }: Live): boolean {
  const isLacking = fieldsOf(kind).some(
    ({ name, traits }) => traits.describedOnly === true && spec[name] === undefined,
  );
  return kind.read !== undefined && isLacking;
}

function headOf(path: string): string {
  return path.split(".")[0] ?? path;
}

function textsIn({ spec }: Live): Scope {
  return Object.fromEntries(
    Object.entries(spec).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
  );
}

/** The values of a target under the paths of whoever refers to it by `head`. */
function renamed(scope: Scope, head: string, tails: readonly string[]): Scope {
  return Object.fromEntries(tails.map((tail) => [tail === "" ? head : `${head}.${tail}`, scope[tail] ?? ""]));
}

function crossed(left: Scopes, right: Scopes): Scopes {
  return {
    scopes: left.scopes.flatMap((one) => right.scopes.map((other) => ({ ...one, ...other }))),
    faults: distinct([...left.faults, ...right.faults]),
    unscoped: [...new Set([...left.unscoped, ...right.unscoped])],
  };
}

function distinct<T extends object>(items: readonly T[]): readonly T[] {
  // Diagnostics and scopes hold plain values alone.
  return [...new Map(items.map((one) => [canonicalText(one as Value), one])).values()];
}
