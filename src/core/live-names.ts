import { fieldOf, fieldsOf } from "./fields.ts";
import type { Kind, Kinds } from "./kind.ts";
import type { LiveObject } from "./live-object.ts";
import { idSegment, nameSegment } from "./name-segment.ts";
import { ownedKey } from "./survey-state.ts";
import { byText, type Value } from "./values.ts";

/** The names of live objects, by the key of `keyOf`. */
export type LiveNames = ReadonlyMap<string, string>;

/** What live objects are named for. */
export type NamingInput = {
  readonly kinds: Kinds;
  readonly objects: readonly LiveObject[];
  /** The aliases that are no provider's own name: what lives there is named below them. */
  readonly aliases: ReadonlySet<string>;
};

/** One object with what it could be called, shortest first. */
type Candidate = { readonly key: string; readonly id: string; readonly short: string; readonly long: string };

const mostCharacters = 128;

/** The key of a live object: unique among all that live. */
export function keyOf({ provider, kind, live }: Pick<LiveObject, "provider" | "kind" | "live">): string {
  return ownedKey(provider, kind, live.id);
}

/**
 * Names live objects as manifests: each below what it lives in, by its own name in the cloud, or by the fields that its
 * identity depends on. Twins get those fields before their name, then their ids behind it, the oldest id going without. The
 * same objects get the same names, whatever their order. Pure.
 */
export function liveNames(input: NamingInput): LiveNames {
  const names = new Map<string, string>();
  for (const kind of parentsFirst(input.kinds)) {
    const own = input.objects.filter((object) => object.kind === kind.kind);
    for (const [key, name] of settled(own.map((object) => candidate(input, names, kind, object)))) names.set(key, name);
  }
  return names;
}

/** Kinds in an order in which what they live in comes before them. */
export function parentsFirst(kinds: Kinds): readonly Kind[] {
  const found = new Set<Kind>();
  const visit = (kind: Kind): void => {
    for (const head of headsOf(kind)) {
      const parent = kinds.get(fieldOf(kind, head)?.reference ?? "");
      if (parent !== undefined) visit(parent);
    }
    found.add(kind);
  };
  for (const kind of kinds.values()) visit(kind);
  return [...found];
}

/** The fields by which an object lives in something: the first steps of its kind's scope paths. */
export function headsOf(kind: Kind): readonly string[] {
  return [...new Set(kind.scope.map((path) => path.split(".", 1).join()))];
}

function candidate({ aliases }: NamingInput, names: LiveNames, kind: Kind, object: LiveObject): Candidate {
  const { live, provider } = object;
  const heads = headsOf(kind);
  const segments = (fields: readonly string[]): readonly string[] =>
    fields.map((field) => segmentOf(kind, names, object, field)).filter((segment) => segment !== undefined);
  const isNested = heads.some((head) => names.has(parentKey(kind, object, head)));
  const alias = aliases.has(provider) && !isNested ? nameSegment(provider) : undefined;
  const above = [...(alias === undefined ? [] : [alias]), ...segments(heads)];
  const telling = identityFields(kind, object).filter((field) => field !== kind.naming && !heads.includes(field));
  const more = segments(telling);
  const title = kind.naming === undefined ? undefined : nameSegment(String(live.spec[kind.naming]));
  const fallback = idSegment(kind.kind, live.id);
  const own = kind.naming === undefined ? more : [title ?? fallback];
  const short = [...above, ...own];
  const long = kind.naming === undefined ? short : [...above, ...more, ...own];
  const text = (parts: readonly string[]): string => fitted((parts.length === 0 ? [fallback] : parts).join("/"), "");
  return { key: keyOf(object), id: live.id, short: text(short), long: text(long) };
}

/** The fields whose values decide which object it is; found by asking the kind for the identity of another value. */
function identityFields(kind: Kind, { live: { spec } }: LiveObject): readonly string[] {
  const own = kind.identity(spec);
  return fieldsOf(kind)
    .map(({ name }) => name)
    .filter((name) => spec[name] !== undefined && kind.identity({ ...spec, [name]: "\u0000" }) !== own);
}

function parentKey(kind: Kind, object: LiveObject, field: string): string {
  return ownedKey(object.provider, fieldOf(kind, field)?.reference ?? "", String(valueAt(object, field)));
}

/** What a field adds to a name: of what it lives in the whole name, of another object its last segment, else its value. */
function segmentOf(kind: Kind, names: LiveNames, object: LiveObject, field: string): string | undefined {
  const reference = fieldOf(kind, field)?.reference;
  const text = String(valueAt(object, field));
  if (reference === undefined) return nameSegment(text);
  const name = names.get(parentKey(kind, object, field));
  if (name === undefined) return idSegment(reference, text);
  return headsOf(kind).includes(field) ? name : name.slice(name.lastIndexOf("/") + 1);
}

function valueAt({ live, scope }: LiveObject, field: string): Value {
  return live.spec[field] ?? scope[field] ?? "";
}

/** A name of at most 128 characters that ends in `end`. */
function fitted(name: string, end: string): string {
  const room = mostCharacters - end.length;
  const kept = name.length <= room ? name : name.slice(0, room).replace(/[^A-Za-z0-9]+$/, "");
  return `${kept}${end}`;
}

/** Gives each candidate a name that no other has. */
function settled(candidates: readonly Candidate[]): LiveNames {
  const taken = new Set<string>();
  const names = new Map<string, string>();
  const take = ({ key }: Candidate, name: string): boolean => {
    if (taken.has(name)) return false;
    taken.add(name);
    names.set(key, name);
    return true;
  };
  const inOrder = [...candidates].sort((one, other) => byId(one.id, other.id) || byText(one.key, other.key));
  const alone = (some: readonly Candidate[], form: "short" | "long"): readonly Candidate[] => {
    const counts = new Map<string, number>();
    for (const one of some) counts.set(one[form], (counts.get(one[form]) ?? 0) + 1);
    return some.filter((one) => counts.get(one[form]) === 1);
  };
  for (const one of alone(inOrder, "short")) take(one, one.short);
  const twins = inOrder.filter(({ key }) => !names.has(key));
  for (const one of alone(twins, "long")) take(one, one.long);
  for (const one of twins.filter(({ key }) => !names.has(key))) {
    const own = `-${nameSegment(one.id) ?? "twin"}`;
    for (let number = 1; !take(one, fitted(one.long, endOf(own, number))); ) number += 1;
  }
  return names;
}

function endOf(own: string, number: number): string {
  if (number === 1) return "";
  return number === 2 ? own : `${own}-${number}`;
}

/** Ids that are numbers grow: the shorter one is the older. */
function byId(left: string, right: string): number {
  return left.length - right.length || byText(left, right);
}
