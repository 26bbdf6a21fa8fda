import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** What is played again and again: a run that is killed, and the same run after it. */
export type Play = {
  readonly name: "apply" | "destroy" | "change";
  /** The command line. */
  readonly line: string;
  /** Whether it begins with what an undisturbed apply of the example leaves, or with nothing. */
  readonly onTop: boolean;
  /** What is edited in the example before. */
  readonly edits: readonly (readonly [file: string, from: string, to: string])[];
};

/** Updates, replacements that delete first and that create first, a deletion, a creation, and a release. */
const edits: Play["edits"] = [
  ["cairn.yaml", 'version: "2026.11.3"', 'version: "2026.12.1"'],
  ["manifests/labels.yaml", "labelValue: web", "labelValue: front"],
  ["manifests/databases.yaml", "ReadWrite", "ReadOnly"],
  ["manifests/storefront/app.yaml", "The shop that customers see.", "What customers see."],
  ["manifests/storefront/rehearsal.yaml", "name: storefront/rehearsal", "name: storefront/dress"],
  ["manifests/storefront/online.yaml", "listenerPort: 443", "listenerPort: 8443"],
  ["manifests/storefront/online.yaml", "serviceType: ClusterIP", "serviceType: NodePort"],
];

/** Every play, in the order in which they are swept. */
export const plays: readonly Play[] = [
  { name: "apply", line: "apply --yes", onTop: false, edits: [] },
  { name: "destroy", line: "destroy --yes", onTop: true, edits: [] },
  { name: "change", line: "apply --yes", onTop: true, edits },
];

/** What the example takes from the environment. */
export const secrets = { NODE_PASSWORD: "N0de-pw-4711!x", ORDERS_PASSWORD: "0rders-pw-4712!y" };

const example = fileURLToPath(new URL("../../examples/platform", import.meta.url));

/** Copies the platform example into a folder, for a cloud at `url` whose time runs `pace` times as fast. */
export function copyExample(folder: string, url: string, pace: number): void {
  cpSync(example, folder, { recursive: true });
  edit(folder, "cairn.yaml", "http://127.0.0.1:8087", url);
  setPace(folder, pace);
}

/** Divides the waits of every later run in the folder. */
export function setPace(folder: string, pace: number): void {
  const path = join(folder, "cairn.yaml");
  const text = readFileSync(path, "utf8").replace(/\npace: .*\n/, "");
  writeFileSync(path, `${text}\npace: ${pace}\n`);
}

/** Replaces text in a file of a folder. Throws where it is not there. */
export function edit(folder: string, file: string, from: string, to: string): void {
  const path = join(folder, file);
  const text = readFileSync(path, "utf8");
  if (!text.includes(from)) throw new Error(`${file} does not hold ${from}`);
  writeFileSync(path, text.replace(from, to));
}
