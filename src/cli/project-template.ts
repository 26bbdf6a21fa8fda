import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * The files of a new project by their path, as they stand in `template/`: what is to be filled in is written PROJECT_NAME and
 * CAIRN_VERSION there. The build puts the texts in the place of this module, so that the executable looks for no folder.
 */
export function projectTemplate(): ReadonlyMap<string, string> {
  const folder = fileURLToPath(new URL("../../template", import.meta.url));
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(files.sort().map((file) => [file.slice(folder.length + 1), readFileSync(file, "utf8")]));
}
