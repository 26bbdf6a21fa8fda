import type { Address } from "./address.ts";
import { batched, type Edges, splitKey } from "./batches.ts";
import type { Operation, OperationAction } from "./change.ts";
import type { Draft, Drafts } from "./draft.ts";
import { ordered } from "./graph.ts";
import { isLeaving } from "./removability.ts";
import { isStale } from "./stale-entry.ts";
import type { Binding } from "./survey-state.ts";
import type { Fields } from "./values.ts";

/** The key of an operation. */
export function operationKey(action: OperationAction, address: Address): string {
  return `${action} ${address}`;
}

/** The steps of one draft in the order in which it takes them. What goes with its parent has no delete of its own. */
function stepsOf(draft: Draft): readonly OperationAction[] {
  const gone = draft.binding.kind.removedWith === undefined ? "delete" : "record";
  switch (draft.action) {
    case "create":
    case "update":
      return [draft.action];
    case "replace":
      return draft.replace?.order === "delete-first" ? [gone, "create"] : ["create", gone];
    case "delete":
      return [gone];
    case "no-op":
      return isStale(draft) ? ["record"] : [];
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
  for (const [address, draft] of drafts) linkForward(edges, address, draft);
  for (const [address, draft] of drafts) {
    for (const first of draft.clearedBy) edges.get(operationKey("delete", address))?.add(operationKey("delete", first));
  }
  for (const [address, draft] of drafts) linkBackward(edges, address, draft, drafts);
  linkDomains(edges, drafts);
  const order = ordered(edges);
  if (order === undefined) return undefined;
  return batched(edges, order, drafts);
}

/** Creates and updates come after those of what they need. */
function linkForward(edges: Edges, address: Address, draft: Draft): void {
  for (const mine of keysOf(edges, address, ["create", "update"])) {
    for (const target of draft.needs) {
      for (const theirs of keysOf(edges, target, ["create", "update"])) edges.get(mine)?.add(theirs);
    }
  }
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

/** A domain (a listener's port) must be free before somebody else claims it. */
function linkDomains(edges: Edges, drafts: Drafts): void {
  const freed = new Map(
    [...drafts.values()].flatMap(({ binding }) => claimsOf(edges, "delete", binding, binding.object?.spec)),
  );
  for (const [claim, made] of [...drafts.values()].flatMap(({ binding }) =>
    claimsOf(edges, "create", binding, binding.desired?.spec),
  )) {
    const gone = freed.get(claim);
    if (gone !== undefined && gone !== operationKey("delete", splitKey(made).address)) edges.get(made)?.add(gone);
  }
}

/** The claims on domains that an operation of a binding makes or gives up, each with the operation's key. */
function claimsOf(
  edges: Edges,
  action: OperationAction,
  { kind, address }: Binding,
  spec: Fields | undefined,
): readonly (readonly [string, string])[] {
  const own = operationKey(action, address);
  if (spec === undefined || !edges.has(own)) return [];
  return (kind.unique ?? []).flatMap(({ domain, key }) => {
    const value = key(spec, address);
    return value === undefined ? [] : [[`${domain} ${value}`, own] as const];
  });
}
