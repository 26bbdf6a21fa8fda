import { describe, expect, it } from "vitest";
import type { Fetch } from "../../src/core/provider.ts";
import { createFetch } from "../../src/emulator/fetch.ts";
import { built, isClean } from "./platform.ts";
import { objectsIn, type Shop, shop } from "./shop.ts";

/** Seven apps, so that more can be gone than the guard allows. */
async function sevenApps(): Promise<Shop> {
  const project = shop();
  const app = project.read("manifests/web.yaml").split("---")[0] ?? "";
  const names = ["a", "b", "c", "d", "e", "f"];
  project.write("manifests/apps.yaml", names.map((name) => app.replace("name: web", `name: ${name}`)).join("---\n"));
  expect((await project.cairn("apply --yes")).code).toBe(0);
  project.emulator.clearCalls();
  return project;
}

/** What changes something in the cloud. */
function changesIn({ emulator }: Shop): readonly string[] {
  return emulator.calls().flatMap(({ action }) => (/^(List|Describe)/.test(action) ? [] : [action]));
}

/** A cloud whose lists of apps tell of more rows than they hold. */
function short({ emulator }: Shop): Fetch {
  const fetch = createFetch(emulator.handle);
  return async (url, request) => {
    const answer = await fetch(url, request);
    const text = await answer.text();
    const isList = Object.values(request.headers).includes("ListApp");
    return new Response(isList ? text.replace(/"TotalCount":\d+/, '"TotalCount":99') : text, {
      status: answer.status,
      headers: answer.headers,
    });
  };
}

describe("a list that does not tell the truth", () => {
  it.each([
    ["refused", { match: { action: "ListApp" }, effect: "refused" }, 1],
    ["malformed", { match: { action: "ListApp" }, effect: "malformed" }, 1],
    ["answered with a page for people", { match: { action: "ListApp" }, effect: "html" }, 1],
    ["without its rows, though reads prove them there", { match: { action: "ListApp" }, effect: "vanish" }, 0],
  ] as const)("%s creates, deletes and forgets nothing", async (_, rule, code) => {
    const project = await sevenApps();
    const owned = Object.keys(JSON.parse(project.read(".cairn/ledger.json")).entries);
    project.emulator.setFaults({ rules: [rule] });
    expect((await project.cairn("apply --yes")).code).toBe(code);
    project.write("manifests/apps.yaml", "");
    const deleting = await project.cairn("plan --format json");
    expect(deleting.code).toBe(code);
    const { changes } = JSON.parse(deleting.stdout).cairn;
    expect((changes ?? []).filter(({ action }: { action: string }) => action === "forget")).toEqual([]);
    expect(changesIn(project)).toEqual([]);
    expect(Object.keys(JSON.parse(project.read(".cairn/ledger.json")).entries)).toEqual(owned);
  });

  it("that is shorter than it says is an error, not an absence", async () => {
    const project = await sevenApps();
    const { code, stderr } = await project.cairn("apply --yes", { fetch: short(project) });
    expect(stderr).toContain("error[E_INCOMPLETE]");
    expect([code, changesIn(project)]).toEqual([1, []]);
  });
});

describe("owned objects that are gone", () => {
  async function emptied(): Promise<Shop> {
    const project = await sevenApps();
    project.emulator.reset();
    return project;
  }

  it("stop a run that finds more of them than maxVanished; plan shows it, --allow lifts it by number", async () => {
    const project = await emptied();
    const planned = await project.cairn("plan --format json");
    expect(planned.code).toBe(0);
    expect(JSON.parse(planned.stdout)).toMatchObject({
      applyable: false,
      cairn: { refusals: [{ code: "E_VANISHED" }] },
    });
    const refused = await project.cairn("apply --yes");
    expect(refused.stderr).toMatch(/error\[E_VANISHED\]: 9 owned objects are gone .*\n.*--allow vanished=9/);
    expect([refused.code, changesIn(project)]).toEqual([4, []]);
    expect((await project.cairn("apply --yes --allow vanished=8")).code).toBe(4);
    expect((await project.cairn("apply --yes --allow vanished=9")).code).toBe(0);
    expect(objectsIn(project.emulator)).toMatchObject({ App: 7 });
  });
});

describe("lists that omit rows", () => {
  /** Of these kinds the APIs show one object in no other way than their lists do. */
  const unprovable = ["ClusterNode", "Database", "PersistentVolume", "PersistentVolumeClaim"];

  it.each(["sdk", "manual"] as const)(
    "make nothing look gone that can be looked up by itself, over the %s wire",
    async (wire) => {
      const shop = await built({ wire });
      const lists = new Set(shop.emulator.calls().flatMap(({ action }) => (isList(action) ? [action] : [])));
      const blind = [...lists].filter((action) => !listsOfUnprovable.includes(action));
      shop.emulator.setFaults({ rules: blind.map((action) => ({ match: { action }, effect: "vanish" })) });
      await isClean(shop);
      expect(blind).toEqual(expect.arrayContaining(["ListApp", "ListNodeLabels", "ListNodeLabelBindings"]));
    },
  );

  it("and whose objects no other call shows stop a run by the guard, when they are more than it allows", async () => {
    const shop = await built();
    shop.write("cairn.yaml", `${shop.read("cairn.yaml")}\nguards: { maxVanished: 3 }\n`);
    shop.emulator.setFaults({ rules: listsOfUnprovable.map((action) => ({ match: { action }, effect: "vanish" })) });
    const { cairn } = JSON.parse((await shop.cairn("plan --format json")).stdout);
    expect(cairn.refusals).toContainEqual(expect.objectContaining({ code: "E_VANISHED" }));
    const changes: readonly { address: string; action: string }[] = cairn.changes;
    const gone = changes.filter(({ action }) => action === "create").map(({ address }) => address.split("/")[0] ?? "");
    expect([...new Set(gone)].filter((kind) => unprovable.includes(kind)).sort()).toEqual(unprovable);
  });
});

const listsOfUnprovable = ["ListClusterNode", "DescribeDatabases", "ListPersistentVolume", "ListPersistentVolumeClaim"];

const isList = (action: string): boolean => /^(List|Describe(Databases|RdsAccounts))/.test(action);
