import type { FileRead, Files } from "./files.ts";

/** Files that are read once and stay as they were then, whoever changes them meanwhile. */
export function rememberedFiles(files: Files): Files {
  const folders = new Map<string, ReturnType<Files["entries"]>>();
  const reads = new Map<string, FileRead>();
  return {
    entries: (folder) => {
      const found = folders.get(folder) ?? files.entries(folder);
      folders.set(folder, found);
      return found;
    },
    read: (path, limit) => {
      const key = `${limit} ${path}`;
      const found = reads.get(key) ?? files.read(path, limit);
      reads.set(key, found);
      return found;
    },
  };
}

/** The same files with other texts in some of them, by path. */
export function overlaidFiles(files: Files, texts: ReadonlyMap<string, string>): Files {
  return {
    entries: (folder) => files.entries(folder),
    read: (path, limit) => {
      const text = texts.get(path);
      return text === undefined ? files.read(path, limit) : { state: "read", bytes: new TextEncoder().encode(text) };
    },
  };
}
