import { describe, expect, it } from "vitest";
import type { Fetch } from "../../src/core/provider.ts";
import { createFetch } from "../../src/emulator/fetch.ts";
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
