import type { Draft, Drafts } from "./draft.ts";

/**
 * The drafts in which what is still on its way in the cloud, as an interrupted run leaves it, is followed to its end first: where
 * something is about to be made or changed that needs it, and where its creation is not complete before that. Histories say for
 * themselves when they are followed.
 */
export function withUnderWay(drafts: Drafts): Drafts {
  const needed = new Set([...drafts.values()].filter(isMade).flatMap((draft) => [...draft.needs]));
  const all = [...drafts].map(([address, draft]) => {
    const isIncomplete = draft.binding.kind.complete !== undefined;
    // An update of anything else ends with a wait of its own.
    const counts = isIncomplete || (needed.has(address) && draft.action !== "update");
    return [address, counts && isUnderWay(draft) ? { ...draft, follows: "follow" as const } : draft] as const;
  });
  return new Map(all);
}

function isMade({ action }: Draft): boolean {
  return action === "create" || action === "update" || action === "replace";
}

function isUnderWay({ action, binding: { desired, object, kind } }: Draft): boolean {
  if (desired === undefined || object === undefined || action === "replace" || kind.history !== undefined) return false;
  return kind.readiness?.check(object).state === "pending";
}
