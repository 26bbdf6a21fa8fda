import type { ManifestDocument } from "../core/manifest-document.ts";
import { kebab } from "../core/name-segment.ts";
import { yamlText } from "./yaml-text.ts";

/** A file of manifests: its path below the project folder, with "/". */
export type ManifestFile = { readonly path: string; readonly text: string; readonly manifests: number };

/** The most characters that one file gets, unless a single manifest has more. */
const mostCharacters = 2_000_000;

/**
 * Manifests as files: a folder for what stands first in their names (an app, a cluster), and in it a file for each kind. No two
 * paths differ by the case of their letters alone. Sorted by path; manifests keep their order.
 */
export function manifestFiles(manifests: readonly ManifestDocument[]): readonly ManifestFile[] {
  const groups = new Map<string, { readonly stem: string; readonly texts: string[] }>();
  for (const manifest of manifests) {
    const stem = stemOf(manifest);
    const group = groups.get(stem.toLowerCase()) ?? { stem, texts: [] };
    group.texts.push(yamlText(manifest));
    groups.set(stem.toLowerCase(), group);
  }
  const files = [...groups.values()].flatMap(({ stem, texts }) =>
    parted(texts).map((part, index) => ({
      path: `${stem}${index === 0 ? "" : `-${index + 1}`}.yaml`,
      text: part.join("---\n"),
      manifests: part.length,
    })),
  );
  return files.sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** Below an alias stands what lives in its cloud. */
function stemOf({ kind, metadata: { name, provider } }: ManifestDocument): string {
  const folders = name.split("/").slice(0, provider === undefined ? 1 : 2);
  return ["manifests", ...folders, kebab(kind)].join("/");
}

/** Texts in order, in parts that are not too large for a file. */
function parted(texts: readonly string[]): readonly (readonly string[])[] {
  const parts: string[][] = [];
  let size = 0;
  for (const text of texts) {
    const last = parts.at(-1);
    if (last === undefined || size + text.length > mostCharacters) {
      parts.push([text]);
      size = text.length;
    } else {
      last.push(text);
      size += text.length;
    }
  }
  return parts;
}
