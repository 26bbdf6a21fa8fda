import { createHash } from "node:crypto";
import { type Address, splitAddress } from "./address.ts";
import type { FieldChange } from "./change.ts";
import type { Desired } from "./desired.ts";
import { fieldOf } from "./fields.ts";
import type { Kind, Kinds } from "./kind.ts";
import { addressIn } from "./reference.ts";
import { type Sealing, sealedTogether } from "./sealed-spec.ts";
import { canonicalText, type Fields, type Value } from "./values.ts";

/** SHA-256 of a value's canonical text, in hex. */
export function digest(value: Value): string {
  return createHash("sha256").update(canonicalText(value)).digest("hex");
}

/** Digests of content that triggers, by path. */
type Triggers = Readonly<Record<string, string>>;

/**
 * The digests of the content that a resource is triggered by, by path. With a sealing, all that is secret or looks so goes in sealed:
 * a plain digest of it would let anybody who reads the ledger try guesses quickly. Content without secrets has the same digest
 * either way.
 */
export function triggersOf(
  kinds: Kinds,
  triggering: readonly (readonly [string, Desired])[],
  sealing?: Sealing,
): Triggers {
  return Object.fromEntries(triggering.map(([path, target]) => [path, contentDigest(kinds, target, sealing)]));
}

function contentDigest(kinds: Kinds, target: Desired, sealing: Sealing | undefined): string {
  const content = contentOf(kinds, target);
  if (sealing === undefined) return digest(content);
  const { spec, secrets } = sealedTogether(kinds.get(target.kind), content, sealing);
  return secrets === undefined ? digest(spec) : digest({ spec, secrets });
}

/** The resources by whose content a resource is triggered, by path; those that are not managed here count for nothing. */
export function targetsOf(
  kinds: Kinds,
  wanted: ReadonlyMap<Address, Desired>,
  desired: Desired,
): readonly (readonly [string, Desired])[] {
  return (kinds.get(desired.kind)?.triggeredBy ?? []).flatMap((path) => {
    const target = follow(wanted, desired, path.split("."));
    return target === undefined ? [] : [[path, target] as const];
  });
}

/** A spec without its references: under which name a parent goes is no content. */
function contentOf(kinds: Kinds, { kind: name, spec }: Desired): Fields {
  const kind = kinds.get(name);
  const content = Object.entries(spec).filter(([field]) => kind && fieldOf(kind, field)?.reference === undefined);
  return Object.fromEntries(content);
}

function follow(wanted: ReadonlyMap<Address, Desired>, start: Desired, path: readonly string[]): Desired | undefined {
  let current: Desired | undefined = start;
  for (const step of path) {
    const address = addressIn(current?.spec[step]);
    current = address === undefined ? undefined : wanted.get(address);
  }
  return current;
}

/**
 * Changed digests as differences; content that was never recorded (a lost ledger) triggers nothing, and neither does what a
 * ledger of before has without a seal: `plain` are the digests of today's content in that form.
 */
export function triggerChanges(
  kind: Kind,
  { now, plain }: { readonly now: Triggers | undefined; readonly plain: Triggers },
  last: Triggers | undefined,
): readonly FieldChange[] {
  return Object.entries(now ?? {}).flatMap(([path, current]): FieldChange[] => {
    const before = last?.[path];
    if (before === undefined || before === current || before === plain[path]) return [];
    const field = path.replace(/\..*$/, "");
    const cost = fieldOf(kind, field)?.traits.disruption ?? "restart";
    return [
      {
        field,
        path: `${path} (content)`,
        // In words: a digest of content that holds a secret would let anybody who reads the plan try guesses quickly.
        before: "as applied last",
        after: "as declared now",
        class: "intended",
        disruption: cost,
      },
    ];
  });
}

/** The kind and name of an address in one phrase, for reasons. */
export function spoken(address: Address): string {
  const { kind, name } = splitAddress(address);
  return `${kind} ${name}`;
}
