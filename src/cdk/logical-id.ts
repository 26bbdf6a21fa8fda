import { createHash } from "node:crypto";
import type { Address } from "../core/address.ts";

/** What a Terraform resource is to a manifest: the holder of its existence, or what brings it up to date. */
export type Role = "owner" | "applier";

/**
 * The name of a Terraform resource. Terraform's names have fewer signs than addresses, so that `a.b`, `a/b` and `a-b` look
 * alike in them: a digest of the address keeps them apart. Stable: the same address always gets the same name.
 */
export function logicalId(role: Role, address: Address): string {
  const readable = address.replaceAll(/[^A-Za-z0-9]+/g, "_");
  const digest = createHash("sha256").update(address).digest("hex").slice(0, 12);
  return `${role}_${readable}_${digest}`;
}
