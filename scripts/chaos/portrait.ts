import { createHash } from "node:crypto";
import type { State } from "../../src/emulator/state.ts";

/** A ledger file, as far as its entries are looked at. */
type LedgerFile = {
  readonly entries: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly intents: readonly unknown[];
};

/** All that a cloud holds and a ledger owns, each line an object or an entry: equal for runs that differ in nothing but ids. */
export type Portrait = readonly string[];

type Thing = { readonly name: string; readonly text: string };

/** Ids as the emulator gives them: counted from 1001, and of clusters a digest. */
const idPattern = /\b(?:1\d{3}|c[0-9a-f]{32})\b/g;

/** How often ids learn of what is around them: longer than any chain of references. */
const rounds = 6;

/**
 * Draws a cloud together with the ledger of its one project. Ids read as what they name and what names them, so that two portraits are
 * equal only if every reference, and every id in the ledger, leads to the same object. Times and digests are left out.
 */
export function portrait(state: State, ledger: LedgerFile): Portrait {
  const rows = Object.values(state).flatMap((tables) =>
    Object.entries(tables).flatMap(([table, list]) => list.map((row) => ({ name: table, text: textOf(row) }))),
  );
  const entries = Object.entries(ledger.entries).map(([address, { cloud: _, ...entry }]) => ({
    name: `ledger: ${address}`,
    text: textOf(entry),
  }));
  return draw([...rows, ...entries]);
}

/** What two portraits do not have in common: lines that differ in more than ids, or where there are none, that ids lead elsewhere. */
export function differences(wanted: Portrait, found: Portrait): readonly string[] {
  if (without(wanted, found).length + without(found, wanted).length === 0) return [];
  const [blankWanted, blankFound] = [wanted, found].map((lines) => lines.map((line) => line.replaceAll(/#\w+#/g, "#")));
  const lacks = without(blankWanted ?? [], blankFound ?? []).map((line) => `lacks ${line}`);
  const all = [...lacks, ...without(blankFound ?? [], blankWanted ?? []).map((line) => `has beyond ${line}`)];
  return all.length > 0 ? all : ["references or ids of the ledger lead to other objects than they did"];
}

function textOf(value: unknown): string {
  return JSON.stringify(value, (key, one: unknown) => {
    if (/Time$/.test(key)) return undefined;
    if (typeof one === "string") return one.replaceAll(/\b[0-9a-f]{64}\b/g, "a digest");
    if (typeof one === "object" && one !== null && "$scrypt" in one) return "a secret";
    if (typeof one === "bigint") return String(one);
    return isPlain(one) ? Object.fromEntries(Object.entries(one).sort()) : one;
  });
}

function isPlain(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function draw(things: readonly Thing[]): Portrait {
  const ids = new Set(things.flatMap(({ text }) => text.match(idPattern) ?? []));
  let labels = new Map([...ids].map((id) => [id, "id"]));
  for (let round = 0; round < rounds; round += 1) {
    const around = new Map([...ids].map((id): [string, string[]] => [id, []]));
    for (const { name, text } of things) {
      for (const id of new Set(text.match(idPattern) ?? [])) {
        // The place of this id in the thing counts, too.
        around.get(id)?.push(digest(`${name} ${labelled(text.replaceAll(id, "itself"), labels)}`));
      }
    }
    labels = new Map([...around].map(([id, seen]) => [id, digest(seen.sort().join(" "))]));
  }
  return things.map(({ name, text }) => `${name} ${labelled(text, labels)}`).sort();
}

function labelled(text: string, labels: ReadonlyMap<string, string>): string {
  return text.replaceAll(idPattern, (id) => `#${labels.get(id) ?? id}#`);
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}

/** Each line as often as it stands in the first and not in the second. */
function without(lines: Portrait, others: Portrait): readonly string[] {
  const left = [...others];
  return lines.filter((line) => {
    const index = left.indexOf(line);
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
}
