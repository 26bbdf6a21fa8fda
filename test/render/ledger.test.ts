import { describe, expect, it } from "vitest";
import { type Entry, emptyLedger, type LedgerState } from "../../src/core/ledger.ts";
import { ledgerDocument, renderEntryJson, renderLedgerJson } from "../../src/render/ledger-json.ts";
import { renderLedgerEntry, renderLedgerList } from "../../src/render/ledger-text.ts";
import { paintWith } from "../../src/render/paint.ts";
import { kinds } from "./kinds.ts";

const paint = paintWith(false);

function entry(address: Entry["address"], rest: Partial<Entry> = {}): Entry {
  return {
    address,
    kind: address.slice(0, address.indexOf("/")),
    provider: "retailcloud",
    cloud: { provider: "retailcloud", endpoint: "127.0.0.1:8087" },
    id: "12",
    identity: "storefront",
    scope: {},
    parents: {},
    dependencies: [],
    origin: "created",
    lifecycle: { ignoreChanges: [], force: false },
    spec: {},
    ...rest,
  };
}

const environment = entry("Environment/storefront/prod", {
  cloud: { provider: "retailcloud", region: "cn-zhangjiakou", endpoint: "retailcloud.example:443" },
  id: "9007199254740993",
  identity: "prod",
  scope: { app: "12" },
  parents: { app: "App/店铺" },
  dependencies: ["App/店铺", "DeployConfig/storefront/online"],
  origin: "adopted",
  lifecycle: { ignoreChanges: ["replicas"], force: false, preventDestroy: true, deletionPolicy: "retain" },
  spec: {
    app: { to: "App/店铺" },
    deployConfig: { lookup: { name: "online" } },
    envName: "prod",
    envType: "online",
    replicas: 2,
  },
});

const account = entry("RdsAccount/shop", {
  provider: "brand-a",
  spec: { accountName: "shop", accountPassword: { $scrypt: "digest-of-hunter2" } },
});

const state: LedgerState = {
  ...emptyLedger("storefront", "prod", "lineage-1"),
  serial: 7,
  entries: { [environment.address]: environment, [account.address]: account, "App/店铺": entry("App/店铺") },
  intents: [{ action: "create", entry: account, since: "2026-11-21T12:00:00Z" }],
};

describe("renderLedgerList()", () => {
  it("is a table by address, with the open intents", async () => {
    await expect(renderLedgerList(state, paint)).toMatchFileSnapshot("golden/ledger-list.txt");
  });

  it("says of an empty ledger that it owns nothing", () => {
    expect(renderLedgerList(emptyLedger("storefront", undefined, "x"), paint)).toBe(
      "storefront owns 0 resources; serial 0.\n",
    );
  });
});

describe("renderLedgerEntry()", () => {
  it("shows everything that the ledger holds of an object but secrets and their digests", async () => {
    const text = renderLedgerEntry(environment, { kinds, paint }) + renderLedgerEntry(account, { kinds, paint });
    expect(text).not.toContain("digest-of-hunter2");
    await expect(text).toMatchFileSnapshot("golden/ledger-entry.txt");
  });
});

describe("ledgerDocument()", () => {
  it("lists entries by address, with references as texts and secrets as null", () => {
    const document = ledgerDocument(state, kinds);
    expect(document.entries.map(({ address }) => address)).toEqual(
      ["App/店铺", environment.address, account.address].sort(),
    );
    expect(document.entries.find(({ address }) => address === environment.address)?.spec).toEqual({
      app: "App/店铺",
      deployConfig: 'lookup { name: "online" }',
      envName: "prod",
      envType: "online",
      replicas: 2,
    });
    expect(JSON.parse(renderLedgerJson(state, kinds))).toEqual(document);
    expect(renderLedgerJson(state, kinds)).not.toContain("digest-of-hunter2");
  });

  it("shows one entry alone the same way", () => {
    const foreign = entry("SlbAP/web", { spec: { environment: { id: "77", parents: { app: { id: "12" } } } } });
    expect(JSON.parse(renderEntryJson(foreign, kinds)).spec).toEqual({ environment: "id 77" });
  });
});
