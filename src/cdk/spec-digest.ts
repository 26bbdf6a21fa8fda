import type { Address } from "../core/address.ts";
import type { Desired } from "../core/desired.ts";
import type { Kinds } from "../core/kind.ts";
import { type Sealing, sealedSpec } from "../core/sealed-spec.ts";
import { digest, targetsOf, triggersOf } from "../core/trigger.ts";

/**
 * Digests of everything that an apply of a resource depends on and its manifest says, by address: another digest means that
 * there is something to apply. Secrets go in sealed, so that a digest in a Terraform state betrays none of them: nobody must be able to
 * try values quickly against what the sealing answers.
 */
export function specDigests(desired: readonly Desired[], kinds: Kinds, sealing: Sealing): ReadonlyMap<Address, string> {
  const sealed = desired.map((one): Desired => ({ ...one, spec: sealedSpec(kinds.get(one.kind), one.spec, sealing) }));
  const wanted = new Map(sealed.map((one) => [one.address, one]));
  return new Map(sealed.map((one) => [one.address, digestOf(one, wanted, kinds)]));
}

function digestOf(desired: Desired, wanted: ReadonlyMap<Address, Desired>, kinds: Kinds): string {
  const { spec, provider, lifecycle, dependsOn } = desired;
  const triggers = triggersOf(kinds, targetsOf(kinds, wanted, desired));
  return digest({
    spec,
    provider,
    lifecycle: { ...lifecycle },
    dependsOn: [...dependsOn].sort(),
    ...(Object.keys(triggers).length === 0 ? {} : { triggers }),
  });
}
