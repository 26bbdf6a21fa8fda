import { describe, expect, it } from "vitest";
import { exportManifests } from "../../src/core/export-manifests.ts";
import type { Fields } from "../../src/core/values.ts";
import { exportOf, place, port, thing } from "./fixtures/harbour.ts";

const lamp = (id: string, spec: Fields) => thing("Lamp", id, spec, { "berth.harbour": "1" });

/** The specs of an export, by address. */
function specs({ manifests }: ReturnType<typeof exportManifests>): Fields {
  return Object.fromEntries(manifests.map(({ kind, metadata, spec }) => [`${kind}/${metadata.name}`, spec]));
}

describe("exportManifests() writes", () => {
  it("references by name, in an order of its own, and leaves out defaults, the name, and what is not set", () => {
    const lamps = [
      lamp("6", { berth: "2", colour: "red", near: ["7", "5"] }),
      lamp("5", { berth: "2", colour: "blue" }),
    ];
    const exported = exportManifests(exportOf([...lamps, place("2", "1", "a"), port("1", "kiel", { pilot: "" })]));
    expect(specs(exported)).toEqual({
      "Harbour/kiel": { grade: `\${var.kiel.grade}`, key: "k" },
      "Berth/kiel/a": { harbour: "kiel", side: "north", depth: 5 },
      "Lamp/kiel/a/blue": { berth: "kiel/a", colour: "blue" },
      "Lamp/kiel/a/red": { berth: "kiel/a", colour: "red", near: ["kiel/a/blue", { id: "7" }] },
    });
    expect(exported.manifests[0]).toMatchObject({ apiVersion: "test/v1", kind: "Harbour", metadata: { name: "kiel" } });
    expect(exported.left).toEqual([]);
    expect(exported.hidden).toEqual({ Harbour: ["code", "pilot"], Berth: ["draught"] });
  });

  it("ids of what is not exported, with what else is needed to find objects in it", () => {
    const objects = [lamp("5", { berth: "2", colour: "red" }), place("2", "1", "a"), port("1", "kiel")];
    const only = (...kinds: string[]) =>
      specs(exportManifests(exportOf(objects, { isExported: ({ kind }) => kinds.includes(kind) })));
    expect(only("Lamp")).toEqual({ "Lamp/kiel/a/red": { berth: { id: "2", harbour: { id: "1" } }, colour: "red" } });
    expect(only("Lamp", "Harbour")).toMatchObject({ "Lamp/kiel/a/red": { berth: { id: "2", harbour: "kiel" } } });
    const fee = thing("Fee", "9", { account: "acc", berth: "2", price: 3 }, { account: "acc", "berth.x.y": "0" });
    const receipt = thing("Receipt", "9", { fee: "8" }, { "fee.account": "acc" });
    const buoy = thing("Buoy", "1", { ghost: "5", wreck: "6" }, { "ghost.depth": "3" });
    expect(specs(exportManifests(exportOf([fee, receipt, buoy])))).toEqual({
      "Fee/acc/berth-2": { account: "acc", berth: { id: "2" }, price: 3 },
      "Receipt/fee-8": { fee: { id: "8", account: "acc" } },
      "Buoy/buoy-1": { ghost: { id: "5" }, wreck: { id: "6" } },
    });
  });

  it("what was named otherwise in full, and the provider of an alias", () => {
    const exported = exportManifests(exportOf([port("1", "港")], { aliases: new Set(["sea"]) }));
    expect(exported.manifests).toMatchObject([
      { metadata: { name: "sea/harbour-1", provider: "sea" }, spec: { title: "港" } },
    ]);
  });

  it("interpolations for what the cloud does not show, and what its schema says of it", () => {
    const hidden = place("2", "1", "a", { depth: undefined as never });
    const { needed } = exportManifests(exportOf([port("1", "kiel", { key: "" }), hidden]));
    expect(needed).toEqual([
      {
        ...{ source: "var", name: "kiel.grade", address: "Harbour/kiel", field: "grade", why: "hidden" },
        description: "how large its ships are",
      },
      { source: "env", name: "KIEL_CODE", address: "Harbour/kiel", field: "code", why: "hidden" },
      { source: "var", name: "kiel.a.depth", address: "Berth/kiel/a", field: "depth", why: "hidden" },
    ]);
    // No shell takes a variable that begins with a digit.
    const [, code] = exportManifests(exportOf([port("1", "7seas", { key: "" })])).needed;
    expect(code?.name).toBe("HARBOUR_7SEAS_CODE");
  });

  it("no secret, whatever users call it, and gives each a name of its own", () => {
    const notes = { token: "t0p", tokens: 3, plain: "${var.x} stays", list: [{ name: "DB_PASSWORD", value: "p4ss" }] };
    const { manifests, needed } = exportManifests(
      exportOf([
        place("2", "1", "1a", { notes }),
        place("3", "1", "1-a", { notes }),
        place("4", "1", "1.a", { notes }),
      ]),
    );
    expect(manifests[0]?.spec["notes"]).toEqual({
      list: [{ name: "DB_PASSWORD", value: "${env.HARBOUR_1_1_A_DB_PASSWORD}" }],
      plain: "$${var.x} stays",
      token: "${env.HARBOUR_1_1_A_TOKEN}",
      tokens: "${var.harbour-1.1-a.tokens}",
    });
    expect(needed.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["HARBOUR_1_1A_TOKEN", "HARBOUR_1_1_A_TOKEN", "HARBOUR_1_1_A_TOKEN_2"]),
    );
    expect(JSON.stringify({ manifests, needed })).not.toMatch(/t0p|p4ss/);
  });

  it("nothing that the cloud has filled in", () => {
    const manifest = {
      ...{ status: { ready: true }, metadata: { labels: { "cloud.id": "1" } } },
      parts: [{ protocol: "TCP", port: 1 }, { protocol: "UDP" }],
    };
    const [written] = exportManifests(exportOf([place("2", "1", "a", { manifest })])).manifests;
    expect(written?.spec["manifest"]).toEqual({ parts: [{ port: 1 }, { protocol: "UDP" }] });
  });
});

describe("exportManifests() leaves out", () => {
  it("values that the schema refuses, where nothing has to be declared", () => {
    const berth = place("2", "1", "a", {
      ...{ notes: "no map", slots: {}, gear: { crane: { tons: "many", kind: "old" } } },
      crates: [
        { name: "b", port: 0, extra: 1 },
        { name: "a", port: 2 },
      ],
    });
    const exported = exportManifests(exportOf([berth]));
    const written = { gear: { crane: {} }, crates: [{ name: "a", port: 2 }, { name: "b" }] };
    expect(exported.manifests[0]?.spec).toEqual({ harbour: { id: "1" }, side: "north", depth: 5, ...written });
    expect(exported.dropped).toEqual([
      { address: "Berth/harbour-1/a", field: "gear.crane.tons", message: "must be a number" },
      { address: "Berth/harbour-1/a", field: "gear.crane.kind", message: "is unknown" },
      { address: "Berth/harbour-1/a", field: "crates.1.port", message: "must be at least 1" },
      { address: "Berth/harbour-1/a", field: "crates.1.extra", message: "is unknown" },
      { address: "Berth/harbour-1/a", field: "notes", message: "must be a map" },
    ]);
  });

  it("an object whose required values the schema refuses; what refers to it does so by its id", () => {
    const broken = port("1", "kiel", { lights: "dim" });
    const exported = exportManifests(exportOf([broken, place("2", "1", "a", { crates: ["x"] })]));
    expect(exported.left).toEqual([
      { kind: "Harbour", id: "1", provider: "sea", message: "lights must be true or false" },
    ]);
    expect(specs(exported)).toEqual({ "Berth/kiel/a": { harbour: { id: "1" }, side: "north", depth: 5 } });
  });

  it("a field that a rule calls out, and an object that keeps no rule", () => {
    const exported = exportManifests(
      exportOf([port("1", "kiel", { depth: 0 }), port("2", "bonn", { depth: 1 }), port("3", "ulm", { depth: 30 })]),
    );
    expect(exported.dropped).toEqual([
      { address: "Harbour/kiel", field: "depth", message: "must not be 0; take it out" },
    ]);
    expect(exported.left).toMatchObject([{ id: "2", message: "lights must be off in shallow water" }]);
    // Of the words that nobody could read, one keeps the rules.
    expect(specs(exported)).toMatchObject({ "Harbour/ulm": { depth: 30 } });
  });

  it("an object that breaks a rule about what it refers to", () => {
    const berth = place("2", "1", "a", { side: "dark" });
    const exported = exportManifests(exportOf([berth, lamp("5", { berth: "2", colour: "green" })]));
    expect(exported.left).toMatchObject([{ kind: "Lamp", message: "colour is not for the dark side" }]);
  });

  it("objects that nothing tells apart, all of them, and the later one of two that claim the same", () => {
    const twins = [place("2", "1", "a"), place("3", "1", "a"), place("4", "1", "b")];
    const fees = ["7", "8"].map((id, index) =>
      thing("Fee", id, { account: `acc${index}`, berth: "4", price: 1 }, { account: `acc${index}` }),
    );
    const exported = exportManifests(exportOf([...twins, ...fees]));
    expect(exported.left).toEqual([
      ...["2", "3"].map((id) => ({
        ...{ kind: "Berth", id, provider: "sea" },
        message: "2 live objects have the identity north/a: ids 2 and 3",
      })),
      {
        ...{ kind: "Fee", id: "8", provider: "sea" },
        message: "price 1 is already taken by Fee/acc0/b (the cloud); use another",
      },
    ]);
    expect(Object.keys(specs(exported))).toEqual(["Berth/harbour-1/b", "Fee/acc0/b"]);
  });

  it("what is of no kind", () => {
    expect(exportManifests(exportOf([thing("Wreck", "1", {})])).manifests).toEqual([]);
  });
});
