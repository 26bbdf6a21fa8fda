import type { FieldChange } from "./change.ts";
import type { Draft, PlanContext } from "./draft.ts";
import { fault } from "./errors.ts";
import { fieldsOf } from "./fields.ts";
import type { Kind, Live, Obstacle } from "./kind.ts";
import type { Entry } from "./ledger.ts";
import type { Bound } from "./obstacles.ts";
import type { Fields, Value } from "./values.ts";

/** True where a live history has gone on since a mark was taken: its newest entry is another, later one. */
export function isNewerThan(mark: string, kind: Kind, live: Live): boolean {
  const now = kind.history?.mark(live) ?? "";
  return now.length === mark.length ? now > mark : now.length > mark.length;
}

/** True for a field that goes along with other changes and makes no difference by itself. */
export function isCarried(kind: Kind, name: string): boolean {
  return fieldsOf(kind).some((field) => field.name === name && field.traits.carried === true);
}

/** A draft that sends nothing: its carried fields stay as they went along with the last update. */
export function asKept(draft: Draft): Draft {
  const { binding, action, entry, after } = draft;
  if (entry === undefined || after === undefined || action === "update" || action === "replace") return draft;
  return { ...draft, after: asCarried(binding.kind, after, entry) };
}

function asCarried(kind: Kind, wanted: Fields, { spec }: Pick<Entry, "spec">): Fields {
  const carried = fieldsOf(kind).flatMap(({ name, traits }) => (traits.carried === true ? [name] : []));
  const kept = Object.entries(wanted).filter(([name]) => !carried.includes(name));
  const held = carried.flatMap((name): [string, Value][] => {
    const value = spec[name];
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries([...kept, ...held]);
}

type Drafted = Draft & { readonly binding: Bound; readonly carried: readonly FieldChange[] };

/**
 * The draft of a history, once its differences are known: held or blocked by what stands newest there, lifted by `--retry`, and
 * followed where that is still under way. `unchanged` is what becomes of it where nothing is added.
 */
export function withHistory(
  { options }: Pick<PlanContext, "options">,
  draft: Drafted,
  triggers: readonly FieldChange[],
  unchanged: Pick<Draft, "action" | "reason">,
): Draft {
  const { binding, entry, action } = draft;
  const { kind, object, desired } = binding;
  if (kind.history === undefined || object === undefined || action === "replace") return draft;
  const last = { ...(entry === undefined ? {} : { applied: entry.spec }), triggered: triggers.length > 0 };
  const obstacle = kind.history.obstacle(object, desired.spec, last);
  if (obstacle?.state === "held") {
    return options.retry ? asked(draft, obstacle, unchanged) : { ...draft, ...unchanged, held: obstacle };
  }
  if (action === "update") return obstacle === undefined ? draft : { ...draft, blocked: blockedBy(binding, obstacle) };
  return followed(options.resume, draft, object);
}

/** What is held is done where somebody asks for it, unless it stands in the way of everybody. */
function asked(draft: Drafted, obstacle: Obstacle, unchanged: Pick<Draft, "action" | "reason">): Draft {
  if (obstacle.stands) return { ...draft, ...unchanged, blocked: blockedBy(draft.binding, obstacle) };
  const fields = draft.fields.length > 0 ? draft.fields : draft.carried;
  return { ...draft, action: "update", reason: `asked for by --retry: ${obstacle.message}`, fields };
}

function blockedBy({ address, desired }: Bound, { message, help }: Obstacle) {
  return fault("E_BLOCKED", message, { place: desired.source, address, help });
}

function followed(isToResume: boolean, draft: Drafted, object: Live): Draft {
  const seen = draft.binding.kind.readiness?.check(object);
  if (seen?.state === "pending") return { ...draft, follows: "follow" };
  return seen?.state === "waiting" ? { ...draft, follows: isToResume ? "resume" : "follow" } : draft;
}
