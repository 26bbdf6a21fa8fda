import type { Change, FieldChange, Plan } from "../core/change.ts";
import type { Kinds } from "../core/kind.ts";
import type { Fields } from "../core/values.ts";
import { type Mark, recordMark } from "./mark.ts";
import { type ResourceAddress, resourceAddress } from "./resource-address.ts";
import { type Display, type VisibleSpec, visibleSpec } from "./visible-spec.ts";

/** One entry of `resource_changes` or `resource_drift`, in Terraform's words. */
export type ResourceChange = ResourceAddress & {
  readonly previous_address?: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: Fields | null;
    readonly after: Fields | null;
    readonly after_unknown: Mark;
    readonly before_sensitive: Mark;
    readonly after_sensitive: Mark;
    readonly replace_paths?: readonly (readonly string[])[];
    readonly importing?: { readonly id: string };
  };
  readonly action_reason?: string;
};

/** What the entries of one plan have in common. */
export type ResourceContext = { readonly plan: Plan; readonly kinds: Kinds; readonly display: Display };

const nothing = { value: null, unknown: {}, sensitive: false } as const;

/** A change as Terraform's tools read it. Secrets are null on both sides and marked sensitive at their place. */
export function resourceChange(change: Change, context: ResourceContext): ResourceChange {
  const before = beforeOf(change, context) ?? nothing;
  const after = afterOf(change, context) ?? nothing;
  const forced = forcedFields(change);
  const reason = reasonOf(change, context.plan);
  const { previousAddress, id } = change;
  const importing =
    (change.action === "adopt" || change.adopts === true) && id !== undefined ? { importing: { id } } : {};
  return {
    ...resourceAddress(change),
    ...(previousAddress === undefined
      ? {}
      : { previous_address: resourceAddress({ ...change, address: previousAddress }).address }),
    change: {
      actions: actionsOf(change),
      before: before.value,
      after: after.value,
      after_unknown: after.unknown,
      before_sensitive: before.sensitive,
      after_sensitive: after.sensitive,
      ...(forced.length === 0 ? {} : { replace_paths: forced.map((field) => [field]) }),
      ...importing,
    },
    ...(reason === undefined ? {} : { action_reason: reason }),
  };
}

/**
 * What the cloud moved, for `resource_drift`; undefined where it moved nothing. Before is what was applied last as far as a
 * change tells it (fields of class conflict, where git moved too, are left out there), after is what the cloud shows.
 */
export function resourceDrift(change: Change, context: ResourceContext): ResourceChange | undefined {
  const moved = change.fields.filter((field) => field.class !== "intended");
  const live = beforeOf(change, context);
  if (moved.length === 0 || live === undefined) return undefined;
  const wanted = visibleSpec(context.kinds.get(change.kind), change.after ?? {}, context.display);
  const base = withFields(live, wanted, moved);
  return {
    ...resourceAddress(change),
    change: {
      actions: ["update"],
      before: base.value,
      after: live.value,
      after_unknown: {},
      before_sensitive: base.sensitive,
      after_sensitive: live.sensitive,
    },
  };
}

/** What the resource will look like, for `planned_values`; undefined where nothing is left of it. */
export function plannedSpec(change: Change, context: ResourceContext): VisibleSpec | undefined {
  return afterOf(change, context);
}

function beforeOf({ kind, before }: Change, { kinds, display }: ResourceContext): VisibleSpec | undefined {
  return before === undefined ? undefined : visibleSpec(kinds.get(kind), before, display);
}

/** Where the planner says that a whole field is not known yet, its word counts more than what references tell. */
function afterOf(change: Change, { kinds, display }: ResourceContext): VisibleSpec | undefined {
  if (change.after === undefined || change.action === "delete" || change.action === "forget") return undefined;
  const seen = visibleSpec(kinds.get(change.kind), change.after, display);
  const late = change.fields
    .filter(({ unknown, field, path }) => unknown === true && field === path)
    .map(({ field }) => field);
  return {
    value: without(seen.value, late),
    unknown: recordMark([...Object.entries(seen.unknown), ...late.map((field) => [field, true] as const)]),
    sensitive: seen.sensitive,
  };
}

function without(fields: Fields, names: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
}

/** `live` with the moved fields as they were: drift had the wanted value, of a conflict the old value is not told. */
function withFields(live: VisibleSpec, wanted: VisibleSpec, moved: readonly FieldChange[]): VisibleSpec {
  const names = new Set(moved.map(({ field }) => field));
  const drifted = new Set(moved.filter((field) => field.class === "drift").map(({ field }) => field));
  const merged = <T>(one: Readonly<Record<string, T>>, other: Readonly<Record<string, T>>) => [
    ...Object.entries(one).filter(([name]) => !names.has(name)),
    ...Object.entries(other).filter(([name]) => drifted.has(name)),
  ];
  return {
    value: Object.fromEntries(merged(live.value, wanted.value)),
    unknown: {},
    sensitive: recordMark(merged(Object(live.sensitive), Object(wanted.sensitive))),
  };
}

function actionsOf({ action, replace }: Change): string[] {
  if (action === "adopt" || action === "move") return ["no-op"];
  if (action !== "replace") return [action];
  return replace?.order === "create-first" ? ["create", "delete"] : ["delete", "create"];
}

/** Why, in Terraform's vocabulary. A destroy plan needs no reason for its deletes. */
function reasonOf({ action, replace }: Change, plan: Plan): string | undefined {
  if (action === "delete" || action === "forget") return plan.destroy ? undefined : "delete_because_no_resource_config";
  if (action !== "replace") return undefined;
  const causes = replace?.because ?? [];
  if (causes.every((cause) => cause === "--replace")) return "replace_by_request";
  const addresses = new Set<string>(plan.changes.map(({ address }) => address));
  const parents = causes.filter((cause) => addresses.has(cause) || cause === "--replace");
  return parents.length === causes.length ? "replace_by_triggers" : "replace_because_cannot_update";
}

/** The top-level fields that force a replacement. */
function forcedFields({ action, fields, replace }: Change): readonly string[] {
  if (action !== "replace") return [];
  const forced = fields.filter(({ forcesReplace, path }) => forcesReplace === true || replace?.because.includes(path));
  return [...new Set(forced.map(({ field }) => field))];
}
