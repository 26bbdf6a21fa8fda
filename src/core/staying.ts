import type { Address } from "./address.ts";
import type { Draft, Drafts, PlanContext } from "./draft.ts";
import { fault } from "./errors.ts";
import { fieldsOf } from "./fields.ts";
import { isForced } from "./force.ts";
import { addressIn } from "./reference.ts";
import { isLeaving } from "./removability.ts";
import { objectKey } from "./survey-state.ts";

/**
 * Refuses to take away what something lies in, or refers to, that is let go of and stays in the cloud: the cloud declines that, or
 * takes both. What was merely adopted goes along where its parent is forced to go.
 */
export function checkStaying(context: PlanContext, drafts: Drafts): void {
  for (const draft of drafts.values()) {
    if (!stays(context, draft)) continue;
    for (const address of holdersOf(draft)) {
      const holder = drafts.get(address);
      const goesAlong = draft.lifecycle.deletionPolicy !== "retain" && holder !== undefined && isForced(holder);
      if (holder !== undefined && isLeaving(holder) && !goesAlong) refuse(context, holder, draft);
    }
  }
}

/** True for an object that nobody wants, and that is kept. What goes with its parent, and what is a history, is in nobody's way. */
function stays({ heirs }: PlanContext, { action, binding }: Draft): boolean {
  const { kind, provider, object, liveScope } = binding;
  if (action !== "forget" || object === undefined) return false;
  if (kind.history !== undefined || kind.removedWith !== undefined) return false;
  return !heirs.has(objectKey(provider, kind.kind, object.id, liveScope));
}

/** The managed resources that an object lies in, or that it refers to by a field of one reference. */
function holdersOf({ binding: { kind, entry, parents } }: Draft): ReadonlySet<Address> {
  const single = fieldsOf(kind).filter(({ reference, list }) => reference !== undefined && !list);
  const referred = single.flatMap(({ name }) => addressIn(entry?.spec[name]) ?? []);
  return new Set([...Object.values(parents), ...referred]);
}

function refuse(context: PlanContext, { binding, action }: Draft, staying: Draft): void {
  const { address, desired } = binding;
  const { address: other } = staying.binding;
  const why =
    staying.lifecycle.deletionPolicy === "retain" ? "deletionPolicy is retain" : "it was adopted, not created";
  context.errors.push(
    fault(
      action === "delete" ? "E_CANNOT_DELETE" : "E_CANNOT_REPLACE",
      `cannot be ${action}d: ${other} needs it, and is kept in the cloud: ${why}`,
      {
        ...(desired === undefined ? {} : { place: desired.source }),
        address,
        help: `keep it as well, with deletionPolicy: retain; or delete ${other} in the cloud first`,
      },
    ),
  );
}
