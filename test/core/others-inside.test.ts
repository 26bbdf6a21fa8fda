import { describe, expect, it } from "vitest";
import { kinds as testKinds } from "./fixtures/kinds.ts";
import { kindNamed, owned, planFor, wanted } from "./fixtures/plans.ts";
import { home, houseOf } from "./fixtures/village.ts";
import { row, worldOf } from "./fixtures/world.ts";

const house = houseOf("a", "h1");
const theirs = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    row("House", `x${index}`, { name: `their${index}`, site: "s1", plot: "9" }, { scope: { site: "s1" } }),
  );

describe("plan() of an object that goes while others' objects lie in it", () => {
  it("warns of what its lists show, with their kinds and ids, and refuses nothing", () => {
    const made = planFor(worldOf(home().row, house.row, ...theirs(1)), { entries: [home().entry, house.entry] });
    expect(made.errors).toEqual([]);
    expect(made.warnings).toEqual([
      {
        severity: "warning",
        code: "E_CANNOT_DELETE",
        address: "Site/home",
        message: "what nobody here owns lies in it, and goes along unless the cloud declines: House x0",
        help: "ask whose they are; cairn drift --unmanaged lists all that nobody here owns",
      },
    ]);
  });

  it("warns of a replacement at its manifest, by the names that kinds go by", () => {
    const kinds = new Map([...testKinds, ["House", { ...kindNamed("House"), naming: "name" }]]);
    const made = planFor(worldOf(home().row, house.row, ...theirs(7)), {
      kinds,
      desired: [home().desired, house.desired],
      entries: [home().entry, house.entry],
      options: { replace: ["Site/home"] },
    });
    expect(made.warnings).toMatchObject([
      {
        code: "E_CANNOT_REPLACE",
        place: { file: "home.yaml" },
        message: expect.stringMatching(/declines: House their0, (House their\d, ){3}House their4, and 2 more$/),
      },
    ]);
  });

  it("says nothing of what is owned, is being adopted, lies elsewhere, or goes with what it is of", () => {
    const entries = [home().entry, house.entry];
    expect(planFor(worldOf(home().row, house.row), { entries }).warnings).toEqual([]);
    // Its manifest adopts it in this very plan; that this cannot go well is for others to say.
    const adopting = planFor(worldOf(home().row, house.row), {
      desired: [house.desired],
      entries: [home().entry],
    });
    expect(adopting.warnings.filter(({ address }) => address === "Site/home")).toEqual([]);
    const other = { scope: { site: "s2" } };
    const elsewhere = [
      row("Site", "s2", { name: "far" }),
      row("House", "h9", { name: "z", site: "s2", plot: "1" }, other),
    ];
    const far = owned("House/b", "h8", { site: "far", plot: "2" }, { ...other, parents: { site: "Site/far" } });
    const seen = planFor(worldOf(home().row, house.row, ...elsewhere), {
      desired: [wanted("Site/far")],
      entries: [...entries, owned("Site/far", "s2"), far],
    });
    expect(seen.warnings).toEqual([]);
    const scope = { vault: "v1" };
    const permit = (id: string) => row("Permit", id, { name: id, vault: "v1" }, { scope });
    const own = owned("Permit/p", "p", { vault: "v" }, { scope, parents: { vault: "Vault/v" } });
    const vault = planFor(worldOf(row("Vault", "v1", { name: "v" }), permit("p"), permit("q")), {
      entries: [owned("Vault/v", "v1"), own],
    });
    expect(vault.warnings).toEqual([]);
  });

  it("says nothing of what goes by the id of something that is owned, and of such a thing of others", () => {
    const entries = [home().entry, house.entry];
    const facets = (id: string) =>
      row("House", id, { name: "facet", site: "s1", near: id, plot: "8" }, { scope: { site: "s1" } });
    const near = (id: string) => planFor(worldOf(home().row, house.row, facets(id)), { entries });
    expect(near("s1").warnings).toEqual([]);
    expect(near("s9").warnings).toMatchObject([{ message: expect.stringMatching(/: House s9$/) }]);
  });

  it("says nothing of another provider's objects, and nothing where nothing goes", () => {
    const far = { provider: "far", cloud: { provider: "test", endpoint: "far.test:443" } };
    const abroad = planFor(worldOf(home().row, house.row, ...theirs(1).map((one) => ({ ...one, provider: "far" }))), {
      entries: [home().entry, { ...house.entry, ...far }],
    });
    expect(abroad.warnings).toEqual([]);
    const entries = [home().entry, house.entry];
    const desired = [home().desired, house.desired];
    expect(planFor(worldOf(home().row, house.row, ...theirs(1)), { entries, desired }).warnings).toEqual([]);
  });
});
