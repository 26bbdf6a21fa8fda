import { describe, expect, it } from "vitest";
import { deposedAddress, successorOf } from "../../src/core/deposed.ts";
import type { plainOptions } from "../../src/core/plan-input.ts";
import { emptyModel, enact } from "./fixtures/enact.ts";
import { actionsOf, changeOf, errorsOf, owned, planFor, stepsOf, testCloud, wanted } from "./fixtures/plans.ts";
import { home, houseOf } from "./fixtures/village.ts";
import { row, worldOf } from "./fixtures/world.ts";

const house = houseOf("a", "h1");
const entries = [home().entry, house.entry];
const clouds = new Map([
  ["test", testCloud],
  ["other", { ...testCloud, endpoint: "other.test:443" }],
]);

/** The village, wanted from another provider. */
const elsewhere = [home().desired, house.desired].map((one) => ({ ...one, provider: "other" }));

function village() {
  return worldOf(home().row, house.row);
}

describe("plan() of a manifest that names another provider", () => {
  it("makes a new object there, and takes the old one away where it is, once nothing uses it", () => {
    const made = planFor(village(), { desired: elsewhere, entries, clouds });
    expect(stepsOf(made)).toEqual([
      ...["create Site/home", "create House/a", "delete House/a~h1", "delete Site/home~s1"],
    ]);
    expect(changeOf(made, "House/a")).toMatchObject({ provider: "other", cloud: clouds.get("other"), scope: {} });
    expect(changeOf(made, "House/a~h1")).toMatchObject({
      provider: "test",
      cloud: testCloud,
      id: "h1",
      liveScope: { site: "s1" },
      reason: "the new object of House/a takes its place",
    });
  });

  it("leaves nothing to do when it has been carried out", () => {
    const model = emptyModel();
    const before = [home().desired, house.desired];
    enact(model, planFor(model.world, { desired: before, clouds }));
    enact(model, planFor(model.world, { desired: elsewhere, entries: [...model.entries.values()], clouds }));
    expect(model.world.rows.map(({ provider, kind }) => `${provider} ${kind}`)).toEqual(["other Site", "other House"]);
    expect(
      planFor(model.world, { desired: elsewhere, entries: [...model.entries.values()], clouds }).operations,
    ).toEqual([]);
  });

  it("adopts what is there already, also where its id is that of the old one", () => {
    const world = worldOf(home().row, row("Site", "s1", { name: "home" }, { provider: "other" }));
    const made = planFor(world, { desired: elsewhere.slice(0, 1), entries: entries.slice(0, 1), clouds });
    expect(actionsOf(made)).toEqual({ "Site/home": "adopt", "Site/home~s1": "delete" });
    expect(stepsOf(made)).toEqual(["record Site/home", "delete Site/home~s1"]);
  });

  it("keeps both sides together under --target and --exclude", () => {
    const choose = (options: Partial<typeof plainOptions>) =>
      stepsOf(planFor(village(), { desired: elsewhere, entries, clouds, options }));
    expect(choose({ targets: ["House/a"] })).toEqual([
      "create Site/home",
      "create House/a",
      "delete House/a~h1",
      "delete Site/home~s1",
    ]);
    expect(choose({ excludes: ["House/a~*"] })).toEqual([]);
    expect(choose({ excludes: ["House/a"] })).toEqual([]);
  });

  it("protects the old object as any other", () => {
    const world = worldOf(row("Vault", "v1", { name: "v" }));
    const made = planFor(world, {
      desired: [wanted("Vault/v", {}, { provider: "other" })],
      entries: [owned("Vault/v", "v1")],
    });
    expect(made.refusals).toMatchObject([{ code: "E_PROTECTED", address: "Vault/v~v1" }]);
  });

  it("keeps the old object where its deletionPolicy says so", () => {
    const kept = owned("Site/home", "s1", {}, { lifecycle: { deletionPolicy: "retain" } });
    const made = planFor(worldOf(home().row), { desired: elsewhere.slice(0, 1), entries: [kept], clouds });
    expect(stepsOf(made)).toEqual(["create Site/home", "record Site/home~s1"]);
  });

  it("moves the old object to another manifest that wants it there", () => {
    const heir = wanted("Site/heir", { name: "home" });
    const made = planFor(worldOf(home().row), {
      desired: [...elsewhere.slice(0, 1), heir],
      entries: entries.slice(0, 1),
      clouds,
    });
    expect(actionsOf(made)).toEqual({ "Site/heir": "move", "Site/home": "create" });
  });
});

describe("an object that a wanted address has", () => {
  it("is never taken away by another one that owned it", () => {
    const scope = {};
    const made = planFor(worldOf(home().row), {
      desired: [home().desired],
      entries: [home().entry, owned("Site/former", "s1", { name: "home" }, { scope })],
    });
    expect(errorsOf(made)).toEqual([]);
    expect(changeOf(made, "Site/former")).toMatchObject({ action: "forget", reason: "Site/home has the object now" });
    expect(stepsOf(made)).toEqual(["record Site/former"]);
  });
});

describe("deposed addresses", () => {
  it("tell whose place was taken, whatever the id", () => {
    expect(successorOf(deposedAddress("App/a/b", "1~2"))).toBe("App/a/b");
    expect(successorOf("App/a/b")).toBeUndefined();
  });
});
