import { createHash } from "node:crypto";
import type { Address } from "../core/address.ts";
import type { Change, Plan } from "../core/change.ts";
import type { Kinds } from "../core/kind.ts";
import { ledgerSpec, seal } from "../core/seal.ts";
import { canonicalText, type Fields, sameValue, type Value } from "../core/values.ts";

/**
 * Digests of everything that a plan rests on, by address: `<read>.<wanted>.<step>`, of what the cloud and the ledger showed, of
 * what the manifests want, and of what follows. A part that holds secrets is digested so slowly (scrypt) that nobody can try
 * passwords against it. Pure.
 */
export function fingerprints(plan: Plan, kinds: Kinds, salt: string): Readonly<Record<Address, string>> {
  return Object.fromEntries(plan.changes.map((change) => [change.address, fingerprint(change, plan, kinds, salt)]));
}

const parts = ["what the cloud shows", "what the manifests want", "what would be done"] as const;

/** A part of a fingerprint, in words. */
export type MovedPart = (typeof parts)[number];

/** Which parts of two fingerprints differ; empty for equal ones. */
export function movedParts(saved: string, now: string): readonly MovedPart[] {
  const [before, today] = [saved.split("."), now.split(".")];
  return parts.filter((_, index) => today[index] !== before[index]);
}

function fingerprint(change: Change, plan: Plan, kinds: Kinds, salt: string): string {
  const { before, after, id, liveScope, origin, cloud, provider, lifecycle, dependencies } = change;
  const digest = (spec: Fields | undefined, rest: Fields): string => {
    const text = canonicalText({ spec: spec ?? null, ...rest });
    return holdsSecrets(change, spec, kinds) ? slow(text, salt) : fast(text);
  };
  const read = digest(before, plain({ id, liveScope, origin, cloud }));
  const wanted = digest(after, plain({ provider, lifecycle, parents: change.parents }));
  const { action, adopts, previousAddress, replace, triggers, scope } = change;
  const steps = plan.operations.filter(({ address }) => address === change.address);
  const step = fast(
    canonicalText(plain({ action, adopts, previousAddress, replace, triggers, scope, dependencies, steps })),
  );
  return [read, wanted, step].join(".");
}

function holdsSecrets({ kind }: Change, spec: Fields | undefined, kinds: Kinds): boolean {
  const known = kinds.get(kind);
  return known !== undefined && spec !== undefined && !sameValue(ledgerSpec(known, spec, ""), spec);
}

/** Data of the core is plain, only its types are not indexed; absent parts fall away in canonical text. */
function plain(parts: object): Fields {
  return JSON.parse(JSON.stringify(parts)) as Fields;
}

function fast(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}

function slow(text: string, salt: string): string {
  const sealed: Value | undefined = Object.values(seal(text, salt))[0];
  return typeof sealed === "string" ? sealed : "";
}
