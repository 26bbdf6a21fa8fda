import type { Address } from "./address.ts";
import { batched, type Edges } from "./batches.ts";
import type { Operation, OperationAction } from "./change.ts";
import { successorOf } from "./deposed.ts";
import { linkDomains } from "./domains.ts";
import type { Draft, Drafts } from "./draft.ts";
import { ordered } from "./graph.ts";
import { operationKey } from "./operation-key.ts";
import { isLeaving } from "./removability.ts";
import { isStale } from "./stale-entry.ts";

/** The steps of one draft in the order in which it takes them. */
function stepsOf(draft: Draft): readonly OperationAction[] {
  return draft.follows === undefined ? changesOf(draft) : [...changesOf(draft), draft.follows];
}

/** What goes with its parent, and what is a history, has no delete of its own. */
function changesOf(draft: Draft): readonly OperationAction[] {
  const { removedWith, history } = draft.binding.kind;
  const gone = removedWith === undefined && history === undefined ? "delete" : "record";
  switch (draft.action) {
    case "create":
    case "update":
      return [draft.action];
    case "replace":
      return draft.replace?.order === "delete-first" ? [gone, "create"] : ["create", gone];
    case "delete":
      return [gone];
    case "no-op":
      return draft.held === undefined && isStale(draft) ? ["record"] : [];
    default:
      return ["record"];
  }
}

/**
 * One graph over operations: something is made after what it needs, gone after what needs it, and an update that stops
 * using something comes before its deletion. Undefined where that is impossible.
 */
export function operationsOf(drafts: Drafts): readonly Operation[] | undefined {
  const edges: Edges = new Map();
  for (const [address, draft] of drafts) {
    const keys = stepsOf(draft).map((action) => operationKey(action, address));
    keys.forEach((key, index) => {
      edges.set(key, new Set(keys.slice(0, index)));
    });
  }
  for (const [address, draft] of drafts) {
    linkForward(edges, address, draft);
    linkSuccessor(edges, address);
  }
  for (const [address, draft] of drafts) {
    for (const first of draft.clearedBy) edges.get(operationKey("delete", address))?.add(operationKey("delete", first));
  }
  for (const [address, draft] of drafts) linkBackward(edges, address, draft, drafts);
  linkDomains(edges, drafts);
  const order = ordered(edges);
  if (order === undefined) return undefined;
  return batched(edges, order, drafts);
}

/** Creates and updates come after those of what they need, and after what is under way there. */
function linkForward(edges: Edges, address: Address, draft: Draft): void {
  for (const mine of keysOf(edges, address, ["create", "update"])) {
    for (const target of draft.needs) {
      for (const theirs of keysOf(edges, target, ["create", "update", "follow", "resume"]))
        edges.get(mine)?.add(theirs);
    }
  }
}

/** What another object takes the place of goes once that stands there. */
function linkSuccessor(edges: Edges, address: Address): void {
  const successor = successorOf(address);
  if (successor === undefined) return;
  const first = keysOf(edges, successor, ["create", "update", "record"]);
  for (const key of first) edges.get(operationKey("delete", address))?.add(key);
}

/** A delete comes after whatever still uses the object has gone or has been pointed elsewhere. */
function linkBackward(edges: Edges, address: Address, draft: Draft, drafts: Drafts): void {
  const mine = keysOf(edges, address, ["delete", "update"]);
  for (const target of draft.needed) {
    const gone = operationKey("delete", target);
    const first = drafts.get(target)?.replace?.order === "delete-first";
    for (const key of mine) if (key !== gone && !(first && key.startsWith("update"))) edges.get(gone)?.add(key);
    // What goes with its parent is recorded as gone once the parent is.
    if (isLeaving(draft)) edges.get(operationKey("record", address))?.add(gone);
  }
}

function keysOf(edges: Edges, address: Address, actions: readonly OperationAction[]): readonly string[] {
  return actions.map((action) => operationKey(action, address)).filter((key) => edges.has(key));
}
