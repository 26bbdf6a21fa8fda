import { CairnError } from "../core/errors.ts";
import { fieldOf, fieldsOf } from "../core/fields.ts";
import type { Kind, Kinds } from "../core/kind.ts";
import type { LiveObject } from "../core/live-object.ts";
import { maskText } from "../core/mask.ts";
import type { Fields, Value } from "../core/values.ts";
import { visibleAnswer } from "../render/visible-answer.ts";
import { visibleSpec } from "../render/visible-spec.ts";
import { nothingCalled, type Shown } from "./get-shown.ts";
import { aliasesWith, type Look, openLook, scopeGiven, unscopedFault } from "./looking.ts";
import type { RunContext } from "./run.ts";
import type { Session } from "./session.ts";

/** The live objects of a kind in every configured cloud that has it; those with the given names or ids, where there are some. */
export async function getKind(
  session: Session,
  context: RunContext,
  kind: Kind,
  names: readonly string[],
): Promise<Shown> {
  const { project, backend } = session;
  const given = scopeGiven(context, kind.kind, scopeNames(project.kinds, kind));
  const has = (alias: string) => project.providerOf(alias).provider.kinds.includes(kind);
  const aliases = await aliasesWith(session, context, kind.kind, has);
  const ledger = await backend.read();
  const looks = aliases.map((alias) => {
    const { owned } = openLook(session, alias, { ledger, within: new Map() });
    const idOf = (field: string, value: string) => owned(targetOf(project.kinds, kind, field), value)?.id ?? value;
    const within = new Map([...given].map(([field, values]) => [field, values.map((value) => idOf(field, value))]));
    return openLook(session, alias, { ledger, within });
  });
  const lists = await Promise.all(looks.map(async (look) => ({ look, ...(await look.objects(kind)) })));
  const unscoped = new Set(lists.flatMap((list) => list.unscoped));
  const all = lists.flatMap(({ look, objects }) => objects.map((object) => ({ look, object })));
  const faults = [
    ...lists.flatMap((list) => list.faults),
    ...(all.length > 0 ? [] : [...unscoped].map((field) => unscopedFault(kind.kind, field))),
  ];
  const isCalled = ({ object, look }: (typeof all)[number], name: string): boolean =>
    [object.live.id, nameOf(kind, object), look.ownerOf(kind.kind, object.live.id)].some(
      (one) => one === name || one === `${kind.kind}/${name}`,
    );
  const kept = names.length === 0 ? all : all.filter((one) => names.some((name) => isCalled(one, name)));
  const missing = names.filter((name) => !all.some((one) => isCalled(one, name)));
  if (faults.length === 0 && missing.length > 0) {
    throw new CairnError(missing.map((name) => nothingCalled(kind.kind, name)));
  }
  const rows = kept.map(({ look, object }) => rowOf(kind, look, object));
  return { rows, faults, columns: columnsOf(kind, rows, looks.length > 1) };
}

/** The fields by which a walk to the kind can be narrowed: those of its scope paths, and of what they lead through. */
function scopeNames(kinds: Kinds, kind: Kind): readonly string[] {
  const names = kind.scope.flatMap((path) => {
    const [head = "", tail] = path.split(".");
    const target = kinds.get(fieldOf(kind, head)?.reference ?? "");
    return [head, ...(tail === undefined ? [] : [tail]), ...(target === undefined ? [] : scopeNames(kinds, target))];
  });
  return [...new Set(names)];
}

/** The kind that a scope's name refers to, here or on the way; "" for a plain value. */
function targetOf(kinds: Kinds, kind: Kind, name: string): string {
  const own = fieldOf(kind, name)?.reference;
  if (own !== undefined) return own;
  const parents = kind.scope.flatMap(
    (path) => kinds.get(fieldOf(kind, path.split(".")[0] ?? "")?.reference ?? "") ?? [],
  );
  return parents.map((parent) => targetOf(kinds, parent, name)).find((found) => found !== "") ?? "";
}

function nameOf(kind: Kind, { live }: LiveObject): string {
  const name = kind.naming === undefined ? undefined : live.spec[kind.naming];
  return typeof name === "string" ? name : kind.identity(live.spec);
}

function rowOf(kind: Kind, look: Look, object: LiveObject): Fields {
  const { live, scope } = object;
  // Of a live object references are ids; nothing else in it has to be looked up.
  const display = { referenceText: () => undefined, secret: maskText } as const;
  const spec = visibleSpec(kind, live.spec, display).value;
  const address = look.ownerOf(kind.kind, live.id);
  return {
    kind: kind.kind,
    id: live.id,
    name: nameOf(kind, object),
    provider: look.alias,
    ...(address === undefined ? {} : { address }),
    scope,
    spec,
    ...(live.facts === undefined ? {} : { facts: visibleAnswer(live.facts) }),
  };
}

/** What a table shows: single values. Kubernetes objects and records are for the other formats. */
function columnsOf(kind: Kind, rows: readonly Fields[], hasAliases: boolean): readonly string[] {
  const isShort = (value: Value | undefined): boolean => value === undefined || typeof value !== "object";
  const fields = fieldsOf(kind)
    .filter(({ name, traits }) => name !== kind.naming && traits.yaml !== true && traits.secret !== true)
    .map(({ name }) => `spec.${name}`)
    .filter((path) => rows.every((row) => isShort((row["spec"] as Fields)[path.slice("spec.".length)])));
  const isNamed = rows.some(({ id, name }) => id !== name);
  return [
    "id",
    ...(isNamed ? ["name"] : []),
    ...fields,
    "facts.status",
    ...(hasAliases ? ["provider"] : []),
    "address",
  ];
}
