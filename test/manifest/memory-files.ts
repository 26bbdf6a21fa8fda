import { byText } from "../../src/core/values.ts";
import type { Files } from "../../src/manifest/files.ts";

/** Files that are nowhere but here. */
export function memoryFiles(texts: Readonly<Record<string, string>>): Files {
  const paths = Object.keys(texts);
  return {
    entries: (folder) => {
      const prefix = folder === "" ? "" : `${folder}/`;
      const inside = paths.filter((path) => path.startsWith(prefix)).map((path) => path.slice(prefix.length));
      const names = [...new Set(inside.map((path) => path.split("/", 1).join()))].sort(byText);
      return names.map((name) => ({ name, folder: !inside.includes(name), real: `${prefix}${name}` }));
    },
    read: (path) => {
      const text = texts[path];
      return text === undefined ? { state: "missing" } : { state: "read", bytes: new TextEncoder().encode(text) };
    },
  };
}
