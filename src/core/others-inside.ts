import type { Draft, PlanContext } from "./draft.ts";
import { type Diagnostic, fault } from "./errors.ts";
import { fieldsOf } from "./fields.ts";
import type { Kind, Live } from "./kind.ts";
import { isLeaving } from "./removability.ts";
import type { Listing } from "./snapshot.ts";
import { objectKey, ownedKey } from "./survey-state.ts";
import { byText } from "./values.ts";

/** As many are named; of more their number is said. */
const mostNamed = 5;

/**
 * A warning for an object that goes while what nobody here owns lies in it, or refers to it, as far as the lists that were made show
 * any: the cloud takes that along, or declines. Pure.
 */
export function othersInside(context: PlanContext, draft: Draft): readonly Diagnostic[] {
  const { action, binding } = draft;
  const { address, desired, kind, object, provider } = binding;
  if (!isLeaving(draft) || object === undefined) return [];
  const others = [...context.snapshot.listings.values()]
    .filter(({ request }) => request.provider === provider)
    .flatMap((listing) => namesIn(context, listing, kind, object.id));
  if (others.length === 0) return [];
  const names = [...new Set(others)].sort(byText);
  const more = names.length > mostNamed ? `, and ${names.length - mostNamed} more` : "";
  const message = `what nobody here owns lies in it, and goes along unless the cloud declines: ${names.slice(0, mostNamed).join(", ")}${more}`;
  return [
    {
      ...fault(action === "delete" ? "E_CANNOT_DELETE" : "E_CANNOT_REPLACE", message, {
        ...(desired === undefined ? {} : { place: desired.source }),
        address,
        help: "ask whose they are; cairn drift --unmanaged lists all that nobody here owns",
      }),
      severity: "warning",
    },
  ];
}

/** What a list shows that refers to an object and that nobody here owns. A history, and what has no call to remove it, is part of what it is of. */
function namesIn(
  { kinds, ownedKeys, heirs }: PlanContext,
  { request, objects }: Listing,
  target: Kind,
  id: string,
): readonly string[] {
  const kind = kinds.get(request.kind);
  if (kind === undefined || kind.history !== undefined || kind.removedWith !== undefined) return [];
  const { provider, scope } = request;
  const fields = fieldsOf(kind).filter(({ reference, list }) => reference !== undefined && !list);
  const isOurs = ({ id: own, spec }: Live): boolean =>
    ownedKeys.has(ownedKey(provider, kind.kind, own)) ||
    heirs.has(objectKey(provider, kind.kind, own, scope)) ||
    // It goes by the id of something that is owned, and came with it.
    fields.some(({ name, reference = "" }) => spec[name] === own && ownedKeys.has(ownedKey(provider, reference, own)));
  const isInside = ({ spec }: Live): boolean =>
    fields.some(({ name, reference }) => reference === target.kind && spec[name] === id);
  return objects
    .filter((live) => isInside(live) && !isOurs(live))
    .map(({ id: own, spec }) => `${kind.kind} ${String(spec[kind.naming ?? ""] ?? own)}`);
}
