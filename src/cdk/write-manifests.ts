import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { CairnError, fault } from "../core/errors.ts";
import type { ManifestDocument } from "../core/manifest-document.ts";
import { yamlText } from "../manifest/yaml-text.ts";

/** The first line of what is written: files without it are somebody's own, and stay. */
const mark = "# Written by cairn synth: change the app of constructs, not this file.";

/**
 * Writes manifests to a folder, a file each, and takes away those that it once wrote and that are no more. Returns the files in
 * the folder that it wrote, in the order of the manifests. `E_DUPLICATE` for two of one address, `E_FILE` where somebody else's
 * file is in the way; nothing is written then.
 */
export function writeManifests(folder: string, manifests: readonly ManifestDocument[]): readonly string[] {
  const files = new Map(manifests.map((one) => [fileOf(one), `${mark}\n${yamlText(one)}`]));
  const faults = [
    ...manifests
      .filter((one, index) => manifests.findIndex((other) => fileOf(other) === fileOf(one)) < index)
      .map(({ kind, metadata }) => fault("E_DUPLICATE", `two constructs make ${kind}/${metadata.name}; rename one`)),
    ...[...files.keys()]
      .filter((file) => existsSync(join(folder, file)) && !isOurs(join(folder, file)))
      .map((file) =>
        fault("E_FILE", "was not written by cairn synth; move it away, or name another folder by --manifests", {
          place: { file: join(folder, file) },
        }),
      ),
  ];
  if (faults.length > 0) throw new CairnError(faults);
  for (const file of filesIn(folder)) if (!files.has(file) && isOurs(join(folder, file))) rmSync(join(folder, file));
  for (const [file, text] of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return [...files.keys()];
}

/** A folder for each kind; names have no `~`, so that no two of them meet and none leads elsewhere. */
function fileOf({ kind, metadata }: ManifestDocument): string {
  return `${kind}/${metadata.name.replaceAll("/", "~")}.yaml`;
}

function filesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return files.map((file) => file.replaceAll("\\", "/")).filter((file) => /^[^/]+\/[^/]+\.yaml$/.test(file));
}

function isOurs(path: string): boolean {
  return readFileSync(path, "utf8").startsWith(mark);
}
