/** `Kind/name`, e.g. `Environment/storefront/prod`; the name may itself hold slashes. */
export type Address = `${string}/${string}`;

/** The form of `metadata.name`: at most 128 characters; "/" nests. */
export const namePattern = /^[A-Za-z0-9][A-Za-z0-9._/-]{0,127}$/;

/** Builds the address of a kind's resource. */
export function address(kind: string, name: string): Address {
  return `${kind}/${name}`;
}

/** Splits an address at its first slash. A text without one has the whole as kind and no name. */
export function splitAddress(text: string): { kind: string; name: string } {
  const slash = text.indexOf("/");
  return slash < 0 ? { kind: text, name: "" } : { kind: text.slice(0, slash), name: text.slice(slash + 1) };
}

/** The part of a name behind its last slash: the default of the field that names the object in the cloud. */
export function lastSegment(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}
