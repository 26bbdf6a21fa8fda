import { describe, expect, it } from "vitest";
import { takeovers } from "../../src/cdk/takeovers.ts";
import type { Desired } from "../../src/core/desired.ts";
import { kinds, owned, stackOf, wanted, wantedApp } from "./inputs.ts";

/** Renames that are seen when `before` is owned and `now` is wanted. */
function renames(before: readonly Desired[], now: readonly Desired[]): Record<string, string> {
  const entries = stackOf(before).desired.map((one, index) => owned(one, String(index)));
  return Object.fromEntries(takeovers(stackOf(now).desired, entries, kinds));
}

function environment(name: string, app: string, envName = "prod"): Desired {
  return wanted(`Environment/${name}`, { app, deployConfig: { id: "7" }, envName, envType: "online", region: "r" });
}

describe("takeovers()", () => {
  it("sees that an object is wanted under another name", () => {
    expect(renames([wantedApp("web")], [wanted("App/shop", { title: "web" })])).toEqual({ "App/web": "App/shop" });
  });

  it("takes neither another identity, kind nor provider for the same object", () => {
    const before = [wantedApp("web")];
    expect(renames(before, [wantedApp("shop")])).toEqual({});
    expect(renames(before, [wanted("App/shop", { title: "web" }, { provider: "brand-a" })])).toEqual({});
    expect(renames(before, [wanted("Database/web", { dbInstanceId: "rm", dbName: "web" })])).toEqual({});
  });

  it("leaves what is declared, and what is owned under its own name, alone", () => {
    const app = wantedApp("web");
    expect(renames([app], [app])).toEqual({});
    expect(renames([app, wanted("App/two", { title: "web" })], [wanted("App/two", { title: "web" })])).toEqual({});
  });

  it("follows a renamed parent to its children, whatever else became of them", () => {
    const before = [wantedApp("web"), environment("web/prod", "web")];
    const now = [environment("shop/live", "shop"), wanted("App/shop", { title: "web" })];
    expect(renames(before, now)).toEqual({ "App/web": "App/shop", "Environment/web/prod": "Environment/shop/live" });
  });

  it("knows objects apart that belong to different parents", () => {
    const apps = [wantedApp("a"), wantedApp("b")];
    expect(renames([...apps, environment("a/prod", "a")], [...apps, environment("b/prod", "b")])).toEqual({});
    const outside = (name: string, id: string) =>
      wanted(`Environment/${name}`, { app: { id }, deployConfig: { id: "7" }, envName: "prod" });
    expect(renames([outside("x", "1")], [outside("y", "2")])).toEqual({});
    expect(renames([outside("x", "1")], [outside("y", "1")])).toEqual({ "Environment/x": "Environment/y" });
    const clusters = (id: string) => wanted(`AddonInstance/${id}`, { clusterId: id, addonTemplateName: "coredns" });
    expect(renames([clusters("c1")], [clusters("c2")])).toEqual({});
  });

  it("counts what only the cloud could tell apart as the same, because nothing may be deleted by mistake", () => {
    const byName = [wantedApp("web"), environment("web/prod", "web")];
    const byId = [wanted("Environment/prod", { app: { id: "12" }, deployConfig: { id: "7" }, envName: "prod" })];
    expect(renames(byName, byId)).toEqual({ "Environment/web/prod": "Environment/prod" });
  });
});
