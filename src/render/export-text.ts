import type { Exported } from "../core/export-manifests.ts";
import type { NeededValue } from "../core/needed-values.ts";
import { shellWord } from "../core/shell-word.ts";
import { safeLine } from "./safe-text.ts";
import { tableLines } from "./table.ts";

/** What an export has written. */
export type ExportReport = Exported & {
  /** The folder, as it was named. */
  readonly out: string;
  /** The folder, as a command names it that is run where this one was. */
  readonly path: string;
  /** In the folder; none where there was nothing to export. */
  readonly files: readonly { readonly file: string; readonly manifests: number }[];
  /** Environment variables that the settings of the providers name. */
  readonly credentials: readonly string[];
};

/** What an export has written and what is to be supplied, for people. Ends with a line break. */
export function exportText(report: ExportReport): string {
  const { files, manifests, needed, hidden, credentials, out, path } = report;
  if (files.length === 0) return "There is nothing to export.\n";
  const count = manifests.length;
  const rows = files.map(({ file, manifests: own }) => [file, own === 0 ? "" : counted(own)]);
  const kinds = Object.entries(countsOf(report)).map(([kind, number]) => `${kind} ${number}`);
  const secrets = [
    ...credentials.map((name) => [name, "credentials"]),
    ...needed.filter(({ source }) => source === "env").map((one) => [one.name, about(one)]),
  ];
  const variables = needed.filter(({ source }) => source === "var").map((one) => [one.name, about(one)]);
  const unseen = Object.entries(hidden).map(([kind, fields]) => [kind, fields.join(", ")]);
  return [
    `Exported ${counted(count)} to ${safeLine(out)}: ${kinds.join(", ")}`,
    ...section("", rows),
    ...section("Variables to write to its cairn.yaml, or to give by --var:", variables),
    ...section("Environment variables to set:", secrets),
    ...section("Not shown by the cloud, and left out; declare what you know of them:", unseen),
    "",
    `With these, cairn -C ${safeLine(shellWord(path))} plan adopts everything and changes nothing.`,
  ]
    .map((line) => `${line}\n`)
    .join("");
}

/** The same for programs. */
export function exportJson(report: ExportReport): object {
  const { out, files, needed, hidden, dropped, left, credentials } = report;
  return {
    format_version: "1.0",
    out,
    files,
    objects: countsOf(report),
    supply: [
      ...credentials.map((name) => ({ source: "env", name, why: "credentials" })),
      ...needed.map(({ source, name, address, field, why, description }) => ({
        ...{ source, name, why, address, field },
        ...(description === undefined ? {} : { description }),
      })),
    ],
    not_shown: hidden,
    left_out: { fields: dropped, objects: left },
  };
}

function countsOf({ manifests }: Exported): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { kind } of manifests) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

function counted(number: number): string {
  return `${number} ${number === 1 ? "object" : "objects"}`;
}

function section(head: string, rows: readonly (readonly string[])[]): readonly string[] {
  if (rows.length === 0) return [];
  return ["", ...(head === "" ? [] : [head]), ...tableLines(rows).map((line) => `  ${line}`)];
}

const reasons: Readonly<Record<NeededValue["why"], string>> = {
  hidden: "the cloud does not show it",
  secret: "it is a secret, or looks like one",
};

function about({ address, field, why, description }: NeededValue): string {
  const text = description === undefined ? reasons[why] : `${reasons[why]} (${description})`;
  return safeLine(`${address} ${field}: ${text}`);
}
