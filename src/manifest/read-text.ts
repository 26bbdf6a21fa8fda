import type { Files } from "./files.ts";
import { largestFile } from "./parse-yaml.ts";

/** What reading a file whole yielded: its bytes, or a sentence that says why not and what to do. */
export type WholeFile = { readonly bytes: Uint8Array } | { readonly reason: string };

/** Reads a file of the project that may not be larger than a manifest. */
export function readWhole(files: Files, path: string): WholeFile {
  const found = files.read(path, largestFile);
  switch (found.state) {
    case "read":
      return found;
    case "missing":
      return { reason: `there is no file "${path}"; create it, or correct the path` };
    case "outside":
      return { reason: `"${path}" leads outside the project folder; copy the file into it` };
    case "folder":
      return { reason: `"${path}" is a folder; name a file in it` };
    case "too-large":
      return { reason: `"${path}" is larger than ${largestFile / 1e6} MB; split it` };
    default:
      return { reason: `"${path}" cannot be read (${found.reason}); check what it is and its permissions` };
  }
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
