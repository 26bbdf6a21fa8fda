import { arranged } from "./arranged.ts";
import type { Change } from "./change.ts";
import { isUnknowable } from "./compare.ts";
import type { Draft, Drafts, PlanContext } from "./draft.ts";
import { fieldsOf } from "./fields.ts";
import { disruptionOf } from "./guards.ts";
import type { Cloud } from "./ledger.ts";
import { type Fields, sameValue, type Value } from "./values.ts";

/** The finished change of a draft: a plain value without the engine's functions. */
export function toChange(context: PlanContext, drafts: Drafts, draft: Draft): Change {
  const { binding, entry, action, reason, fields, adopts, previousAddress, replace, after, triggers, lifecycle } =
    draft;
  const { address, kind, provider, desired, object, identity, liveScope } = binding;
  const cloud: Cloud = context.clouds.get(provider) ?? entry?.cloud ?? { provider, endpoint: "" };
  const before = beforeOf(draft);
  const assumed = assumedFields(draft);
  return {
    address,
    kind: kind.kind,
    provider,
    cloud,
    action,
    ...(adopts === true ? { adopts } : {}),
    ...(previousAddress === undefined ? {} : { previousAddress }),
    reason,
    ...(desired === undefined ? {} : { source: desired.source }),
    ...(object === undefined ? {} : { id: object.id }),
    identity,
    scope: wantedScope(drafts, draft),
    parents: binding.parents,
    ...(liveScope === undefined ? {} : { liveScope }),
    dependencies: [...draft.needs].sort(),
    origin: originOf(draft),
    lifecycle,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    fields,
    ...(assumed.length === 0 ? {} : { assumed }),
    ...(replace === undefined ? {} : { replace }),
    ...(triggers === undefined ? {} : { triggers }),
    ...historyOf(draft),
    disruption: disruptionOf(draft),
  };
}

/** What a change tells of a history: why nothing is added, and which entry is the newest. */
function historyOf({ binding: { object, kind }, held }: Draft): Pick<Change, "held" | "mark"> {
  const mark = object && kind.history?.mark(object);
  return { ...(held === undefined ? {} : { held: held.message }), ...(mark === undefined ? {} : { mark }) };
}

/** An object that is made anew is created, whoever made the one before. */
function originOf({ action, entry }: Draft): Change["origin"] {
  if (action === "create" || action === "replace") return "created";
  return entry?.origin ?? "adopted";
}

/** The scope of the wanted object, without the values that a replaced parent is about to change. */
export function wantedScope(drafts: Drafts, { binding }: Draft): Change["scope"] {
  const kept = Object.entries(binding.scope).filter(([path]) => {
    const parent = binding.parents[path];
    return parent === undefined || drafts.get(parent)?.action !== "replace";
  });
  return Object.fromEntries(kept);
}

/** What exists: as the cloud shows it, and for fields that it does not show, as applied last. */
function beforeOf({ binding, entry, after }: Draft): Fields | undefined {
  const { object, kind } = binding;
  if (object === undefined) return undefined;
  const hidden = fieldsOf(kind).flatMap(({ name, traits }): [string, Value][] => {
    const value = entry?.spec[name];
    return traits.writeOnly === true && value !== undefined ? [[name, value]] : [];
  });
  return { ...Object.fromEntries(hidden), ...arranged(kind, object.spec, after) };
}

/**
 * Fields that the cloud never shows and of which nothing is known: those of an object that is being adopted, and of one that was,
 * those that are declared for the first time and that no call changes. They are taken as declared.
 */
function assumedFields({ binding, action, adopts, entry }: Draft): readonly string[] {
  const { desired, kind, object } = binding;
  if (desired === undefined || object === undefined || action === "replace") return [];
  const known = { owned: adopts !== true, made: entry?.origin === "created" };
  return fieldsOf(kind)
    .filter(({ traits }) => traits.writeOnly === true && traits.carried !== true)
    .filter((field) => {
      const wanted = desired.spec[field.name];
      if (wanted === undefined || desired.lifecycle.ignoreChanges.includes(field.name)) return false;
      // What leaving a field out means, nobody has declared: it may have come with a newer version of the kind.
      if (known.owned && sameValue(wanted, field.absent)) return false;
      return isUnknowable({ ...known, field, wanted, base: entry?.spec[field.name] });
    })
    .map(({ name }) => name);
}
