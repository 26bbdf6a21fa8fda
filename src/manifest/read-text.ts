import type { Files } from "./files.ts";
import { largestFile } from "./parse-yaml.ts";

/** What reading a file whole yielded: its bytes, or a sentence that says why not and what to do. */
export type WholeFile = { readonly bytes: Uint8Array } | { readonly reason: string };

/** Reads a file of the project that may not be larger than a manifest. */
export function readWhole(files: Files, path: string): WholeFile {
  if (path.startsWith("/")) return { reason: `"${shown(path)}" must be relative to the project folder; write it so` };
  const found = files.read(path, largestFile);
  const name = shown(path);
  switch (found.state) {
    case "read":
      return found;
    case "missing":
      return { reason: `there is no file "${name}"; create it, or correct the path` };
    case "outside":
      return { reason: `"${name}" leads outside the project folder; copy the file into it` };
    case "folder":
      return { reason: `"${name}" is a folder; name a file in it` };
    case "too-large":
      return { reason: `"${name}" is larger than ${largestFile / 1e6} MB; split it` };
    default:
      return { reason: `"${name}" cannot be read (${found.reason}); check what it is and its permissions` };
  }
}

function shown(path: string): string {
  return path.length > 100 ? `${path.slice(0, 99)}…` : path;
}

/** Reads a text file of the project byte for byte, a byte order mark included. */
export function readText(files: Files, path: string): { readonly text: string } | { readonly reason: string } {
  const found = readWhole(files, path);
  if ("reason" in found) return found;
  try {
    return { text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(found.bytes) };
  } catch {
    return { reason: `"${path}" is not UTF-8; only text files can be read` };
  }
}
