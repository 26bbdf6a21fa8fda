import { createHash } from "node:crypto";
import type { Address } from "../core/address.ts";
import type { Change, Plan } from "../core/change.ts";
import type { Kinds } from "../core/kind.ts";
import { type Sealing, sealedTogether } from "../core/sealed-spec.ts";
import { canonicalText, type Fields } from "../core/values.ts";

/**
 * Digests of everything that a plan rests on, by address: `<read>.<wanted>.<step>`, of what the cloud and the ledger showed, of
 * what the manifests want, and of what follows. The secrets of a part go in sealed, all by one seal: it has to be so slow to make
 * that nobody can try passwords against a digest. Pure, as far as the sealing is.
 */
export function fingerprints(plan: Plan, kinds: Kinds, sealing: Sealing): Readonly<Record<Address, string>> {
  return Object.fromEntries(plan.changes.map((change) => [change.address, fingerprint(change, plan, kinds, sealing)]));
}

const parts = ["what the cloud shows", "what the manifests want", "what would be done"] as const;

/** A part of a fingerprint, in words. */
export type MovedPart = (typeof parts)[number];

/** Which parts of two fingerprints differ; empty for equal ones. */
export function movedParts(saved: string, now: string): readonly MovedPart[] {
  const [before, today] = [saved.split("."), now.split(".")];
  return parts.filter((_, index) => today[index] !== before[index]);
}

function fingerprint(change: Change, plan: Plan, kinds: Kinds, sealing: Sealing): string {
  const { before, after, id, liveScope, origin, cloud, provider, lifecycle, dependencies } = change;
  // Equal secrets of the two, such as what is wanted and what is there already, are sealed once.
  const shownIn = (spec: Fields | undefined): Fields =>
    spec === undefined ? { spec: null } : sealedTogether(kinds.get(change.kind), spec, sealing);
  const read = digest({ ...plain({ id, liveScope, origin, cloud }), ...shownIn(before) });
  const wanted = digest({
    ...plain({ provider, lifecycle, parents: change.parents }),
    ...shownIn(after),
  });
  // What triggers is told by the fingerprint of the resource that holds it: a digest of it here could be tried quickly.
  const { action, adopts, previousAddress, replace, scope } = change;
  const steps = plan.operations.filter(({ address }) => address === change.address);
  const step = digest(plain({ action, adopts, previousAddress, replace, scope, dependencies, steps }));
  return [read, wanted, step].join(".");
}

/** Data of the core is plain, only its types are not indexed; absent parts fall away in canonical text. */
function plain(parts: object): Fields {
  return JSON.parse(JSON.stringify(parts)) as Fields;
}

function digest(parts: Fields): string {
  return createHash("sha256").update(canonicalText(parts)).digest("base64url");
}
