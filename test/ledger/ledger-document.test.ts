import fc from "fast-check";
import { expect, test } from "vitest";
import { CairnError, type Diagnostic } from "../../src/core/errors.ts";
import { canonicalText } from "../../src/core/values.ts";
import { ledgerText, parseLedger, parseStored, requireOwner } from "../../src/ledger/ledger-document.ts";
import { anyLedger, entry, ledger } from "./ledgers.ts";

const location = ".cairn/ledger.json";

function faultsOf(work: () => unknown): readonly Diagnostic[] {
  try {
    work();
  } catch (error) {
    if (error instanceof CairnError) return error.diagnostics;
    throw error;
  }
  return [];
}

function parse(text: string) {
  return parseLedger(Buffer.from(text), location);
}

test("ledgerText() writes a ledger as people can read it", async () => {
  await expect(ledgerText(ledger)).toMatchFileSnapshot("golden/ledger.json");
});

test("parseLedger() gives back what ledgerText() was given, to the last digit and key", () => {
  fc.assert(
    fc.property(anyLedger, (state) => {
      const text = ledgerText(state);
      const read = parse(text);
      expect(canonicalText(read)).toBe(canonicalText(state));
      expect(ledgerText(read)).toBe(text);
    }),
  );
});

test("ledgerText() depends on the state only, not on the order of its keys", () => {
  fc.assert(
    fc.property(anyLedger, (state) => {
      const turned = Object.fromEntries(Object.entries(state).reverse());
      const entries = Object.fromEntries(Object.entries(state.entries).reverse());
      expect(ledgerText({ ...state, ...turned, entries })).toBe(ledgerText(state));
    }),
  );
});

test("parseLedger() keeps a key named __proto__ and pollutes nothing", () => {
  const spec = JSON.parse('{"config": {"__proto__": {"polluted": true}}}');
  const read = parse(ledgerText({ ...ledger, entries: { [entry.address]: { ...entry, spec } } }));
  expect(JSON.stringify(read.entries[entry.address]?.spec)).toBe('{"config":{"__proto__":{"polluted":true}}}');
  expect("polluted" in {}).toBe(false);
});

test("parseLedger() finds every place at which a ledger may be cut off", () => {
  const text = ledgerText(ledger).trimEnd();
  for (let length = 0; length < text.length; length += 1) {
    const [first] = faultsOf(() => parse(text.slice(0, length)));
    expect(first).toMatchObject({ severity: "error", code: "E_LEDGER", place: { file: location } });
    expect(first?.message).toMatch(/^the ledger is (empty|truncated or not JSON: .)/);
    expect(first?.help).toMatch(/^put back a version that .*, or a copy from a backup/);
  }
});

test("parseLedger() refuses bytes that are no text", () => {
  const bytes = Buffer.concat([
    Buffer.from('{"format": 1, "project": "'),
    Buffer.from([0xff, 0xfe]),
    Buffer.from('"}'),
  ]);
  expect(faultsOf(() => parseLedger(bytes, location))[0]?.message).toMatch(/^the ledger is truncated or not JSON: /);
});

test.each([
  "{}",
  "[]",
  "null",
  '"ledger"',
  '{"version": 4, "terraform_version": "1.11.4", "serial": 3, "lineage": "a", "resources": []}',
])("parseLedger() refuses what is not a ledger of cairn's: %s", (text) => {
  expect(faultsOf(() => parse(text))).toEqual([
    {
      severity: "error",
      code: "E_LEDGER",
      message: "not a ledger of cairn: it lacks `format`, `lineage` or `entries`",
      place: { file: location },
      help: "give the ledger a place of its own under `ledger` in cairn.yaml",
    },
  ]);
  expect(parseStored(Buffer.from(text), location)).toBeUndefined();
});

test("parseLedger() refuses another format", () => {
  const text = ledgerText(ledger).replace('"format": 1', '"format": 2');
  expect(faultsOf(() => parse(text))).toMatchObject([
    {
      message: "written in format 2; this version of cairn reads format 1",
      help: "use the version of cairn that wrote it, or a newer one",
    },
  ]);
});

test("parseLedger() names every damage at once, with its place", () => {
  const text = ledgerText(ledger)
    .replace('"origin": "created"', '"origin": "found"')
    .replace('"serial": 1', '"serial": "x"');
  const faults = faultsOf(() => parse(text));
  expect(faults.map(({ field }) => field).sort()).toEqual(["entries.App/storefront.origin", "serial"]);
  expect(
    faults.every(({ code, message }) => code === "E_LEDGER" && message.startsWith("the ledger is damaged: ")),
  ).toBe(true);
});

test.each(["id", "identity", "spec", "cloud", "address"])("parseLedger() refuses an entry without its %s", (field) => {
  const damaged = JSON.parse(ledgerText(ledger));
  delete damaged.entries["App/storefront"][field];
  expect(faultsOf(() => parse(JSON.stringify(damaged))).map((one) => one.field)).toContain(
    `entries.App/storefront.${field}`,
  );
});

test("parseLedger() refuses an entry under another address than its own", () => {
  const text = ledgerText({ ...ledger, entries: { "App/other": entry } });
  expect(faultsOf(() => parse(text))).toMatchObject([
    { field: "entries", message: "the ledger is damaged: an entry stands under another address than its own" },
  ]);
});

test("requireOwner() accepts its own project and stack only, and says both faults at once", () => {
  const dev = { ...ledger, stack: "dev" };
  expect(faultsOf(() => requireOwner(dev, { project: "storefront", stack: "dev", location }))).toEqual([]);
  expect(faultsOf(() => requireOwner(dev, { project: "billing", location })).map(({ message }) => message)).toEqual([
    'belongs to the project "storefront", this is "billing"',
    'belongs to the stack "dev", wanted is no stack',
  ]);
  expect(faultsOf(() => requireOwner(ledger, { project: "storefront", stack: "prod", location }))).toMatchObject([
    { code: "E_LEDGER", place: { file: location }, message: 'belongs to no stack, wanted is the stack "prod"' },
  ]);
});
