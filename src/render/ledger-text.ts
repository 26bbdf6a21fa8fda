import type { Kinds } from "../core/kind.ts";
import type { Entry, Intent, LedgerState } from "../core/ledger.ts";
import { maskText } from "../core/mask.ts";
import { byText, type Value } from "../core/values.ts";
import { amount } from "./amount.ts";
import type { Paint } from "./paint.ts";
import { projectText } from "./project-text.ts";
import { safeLine, safeLines } from "./safe-text.ts";
import { shownSpec } from "./shown-entry.ts";
import { tableLines } from "./table.ts";
import { namesText, yamlText } from "./value-text.ts";

/** A ledger as a table: address, id, origin and provider alias of each entry, then the open intents. Ends with a line break. */
export function renderLedgerList(state: LedgerState, paint: Paint): string {
  const entries = Object.values(state.entries).sort((one, other) => byText(one.address, other.address));
  const rows = entries.map(({ address, id, origin, provider }) => [address, id, origin, provider].map(safeLine));
  const table = tableLines([["ADDRESS", "ID", "ORIGIN", "PROVIDER"], ...rows]);
  const [head = "", ...body] = entries.length === 0 ? [] : table;
  const last = `${projectText(state)} owns ${amount(entries.length, "resource")}; serial ${state.serial}.`;
  const lines = [paint.bold(head), ...body, ...state.intents.map((intent) => paint.yellow(intentText(intent))), last];
  return lines
    .filter((line) => line !== "")
    .map((line) => `${line}\n`)
    .join("");
}

/** One entry with everything that the ledger holds of it, its spec as YAML. Secrets and their digests are not shown. */
export function renderLedgerEntry(entry: Entry, options: { readonly kinds: Kinds; readonly paint: Paint }): string {
  const { cloud, lifecycle } = entry;
  const facts: readonly (readonly [string, string])[] = [
    ["id", entry.id],
    ["identity", entry.identity],
    ["origin", entry.origin],
    [
      "provider",
      [entry.provider, cloud.region, cloud.project, cloud.endpoint].filter((part) => part !== undefined).join(" "),
    ],
    ["scope", pairsText(entry.scope)],
    ["parents", pairsText(entry.parents)],
    ["depends on", namesText(entry.dependencies)],
    ["ignores", namesText(lifecycle.ignoreChanges)],
    ["deletion policy", lifecycle.deletionPolicy ?? ""],
    ["prevent destroy", lifecycle.preventDestroy === undefined ? "" : String(lifecycle.preventDestroy)],
  ];
  const told = facts.filter(([, text]) => text !== "").map(([label, text]) => [`  ${label}`, safeLine(text)]);
  const spec: Value = shownSpec(entry, options.kinds, maskText);
  const yaml = safeLines(yamlText(spec)).map((line) => `    ${line}`);
  return [options.paint.bold(safeLine(entry.address)), ...tableLines(told), "  spec", ...yaml]
    .map((line) => `${line}\n`)
    .join("");
}

function intentText({ action, entry, since }: Intent): string {
  return safeLine(`open intent: ${action} ${entry.address}, since ${since}`);
}

function pairsText(record: Readonly<Record<string, string>>): string {
  return namesText(Object.entries(record).map(([key, value]) => `${key} ${value}`));
}
