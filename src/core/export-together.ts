import type { Address } from "./address.ts";
import { ambiguous } from "./bind.ts";
import { checkDesired } from "./check.ts";
import { type Desired, plainLifecycle } from "./desired.ts";
import type { Kind, Kinds } from "./kind.ts";
import type { LiveObject } from "./live-object.ts";
import { canonicalText, type Fields } from "./values.ts";

/** An object, and why it cannot be declared. */
export type Refused = { readonly object: LiveObject; readonly message: string };

/** A live object as its manifest would declare it. */
export type Declarable = {
  readonly object: LiveObject;
  readonly kind: Kind;
  readonly address: Address;
  readonly name: string;
  readonly spec: Fields;
};

/**
 * The objects that cannot be declared beside the others: those that nothing tells apart, and those of which the checks between
 * manifests say so. Pure.
 */
export function refusedTogether(kinds: Kinds, all: readonly Declarable[]): readonly Refused[] {
  const twins = twinsAmong(all);
  if (twins.length > 0) return twins;
  const { faults } = checkDesired(all.map(desiredOf), kinds);
  return faults.flatMap(({ address, message }) =>
    all.filter((one) => one.address === address).map(({ object }) => ({ object, message })),
  );
}

function twinsAmong(all: readonly Declarable[]): readonly Refused[] {
  const groups = new Map<string, Declarable[]>();
  for (const one of all) {
    const { kind, provider, scope, live } = one.object;
    const key = canonicalText([kind, provider, scope, one.kind.identity(live.spec)]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()]
    .filter((group) => group.length > 1)
    .flatMap((group) => {
      const lives = group.map(({ object }) => object.live);
      return group.map(({ kind, object }) => {
        const { message } = ambiguous(kind.identity(object.live.spec), lives);
        return { object, message };
      });
    });
}

function desiredOf({ object, kind, address, name, spec }: Declarable): Desired {
  return {
    ...{ address, kind: kind.kind, name, spec },
    provider: object.provider,
    ...{ labels: {}, lifecycle: plainLifecycle, dependsOn: [] },
    ...{ source: { file: "the cloud" }, places: {}, sources: {} },
  };
}
