import { splitAddress } from "../core/address.ts";
import type { Change } from "../core/change.ts";

/** How Terraform's tools name a resource: `retailcloud_environment.storefront/prod`. */
export type ResourceAddress = {
  readonly address: string;
  readonly mode: "managed";
  readonly type: string;
  readonly name: string;
  readonly provider_name: string;
};

/** The type of a kind's resources: provider and kind in snake case, `SlbAP` → `retailcloud_slb_ap`. */
export function resourceType(provider: string, kind: string): string {
  const words = kind.replace(/([a-z0-9])([A-Z])/g, "$1_$2").replace(/([A-Z]+)([A-Z][a-z])/g, "$1_$2");
  return `${provider}_${words.toLowerCase()}`;
}

/** The Terraform name of a change's resource; for a move also of the resource that it was. */
export function resourceAddress(change: Pick<Change, "address" | "kind" | "cloud">): ResourceAddress {
  const { name } = splitAddress(change.address);
  const provider = change.cloud.provider;
  const type = resourceType(provider, change.kind);
  return { address: `${type}.${name}`, mode: "managed", type, name, provider_name: provider };
}
