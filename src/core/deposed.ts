import type { Address } from "./address.ts";

/**
 * The address under which an object is owned until it is gone, because another one takes its place: the old object of a
 * replacement, or of a resource that moves to another provider. No manifest can name it.
 */
export function deposedAddress(address: Address, id: string): Address {
  return `${address}~${id}`;
}

/** The address that a deposed object had; undefined for any other address. */
export function successorOf(address: Address): Address | undefined {
  const end = address.indexOf("~");
  return end < 0 ? undefined : (address.slice(0, end) as Address);
}
