/** The most characters that one segment takes of a name. */
const longest = 60;

/**
 * A text as one segment of a manifest's name: as it is where it can be, else what is left of it once marks have gone and
 * everything but letters, digits, '.', '_' and '-' is a '-'. Undefined where nothing is left, as of Chinese. Pure.
 */
export function nameSegment(text: string): string | undefined {
  if (text.length <= longest && /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(text)) return text;
  const plain = text.normalize("NFKD").replace(/\p{M}+/gu, "");
  const joined = plain.replace(/[^A-Za-z0-9._-]+/g, "-").replace(/^[^A-Za-z0-9]+/, "");
  const cut = joined.slice(0, longest).replace(/[^A-Za-z0-9]+$/, "");
  return cut === "" ? undefined : cut;
}

/** `AppResourceAlloc` as `app-resource-alloc`. */
export function kebab(name: string): string {
  return name.replace(/([a-z\d])(?=[A-Z])/g, "$1-").toLowerCase();
}

/** What an object is called that has no name to go by: its kind and its id. */
export function idSegment(kind: string, id: string): string {
  const segment = nameSegment(id);
  return segment === undefined ? kebab(kind) : `${kebab(kind)}-${segment}`;
}
