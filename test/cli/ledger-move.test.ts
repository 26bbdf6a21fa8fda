import { describe, expect, it } from "vitest";
import { applied, type Shop, shop } from "./shop.ts";

/** The small project after its first apply, with no call on record. */
async function quiet(): Promise<Shop> {
  const project = await applied();
  project.emulator.clearCalls();
  return project;
}

function providersIn(project: Shop): readonly string[] {
  const { entries } = JSON.parse(project.read(".cairn/ledger.json")) as {
    readonly entries: Readonly<
      Record<string, { readonly provider: string; readonly cloud: { readonly endpoint: string } }>
    >;
  };
  return [...new Set(Object.values(entries).map(({ provider, cloud }) => `${provider} at ${cloud.endpoint}`))];
}

describe("cairn ledger move", () => {
  it("is what E_OTHER_CLOUD says where an endpoint has moved, and settles that", async () => {
    const project = await quiet();
    project.edit("cairn.yaml", "127.0.0.1:8087", "127.0.0.1:8099");
    const refused = await project.cairn("plan");
    expect(refused.code).toBe(4);
    expect(refused.stderr).toContain("cairn ledger move --provider retailcloud=retailcloud");
    const { code, stdout } = await project.cairn("ledger move --provider retailcloud=retailcloud");
    expect([code, stdout]).toEqual([
      0,
      "3 resources of retailcloud belong to retailcloud now: retailcloud cn-zhangjiakou at 127.0.0.1:8099; no object was touched\n",
    ]);
    expect(providersIn(project)).toEqual(["retailcloud at 127.0.0.1:8099"]);
    expect(project.emulator.calls()).toEqual([]);
    expect((await project.cairn("plan --detailed-exitcode")).code).toBe(0);
  });

  it("gives what belonged to an alias that is gone to another one", async () => {
    const project = await quiet();
    project.edit("cairn.yaml", "  retailcloud: {", "  aliases:\n    shops: { provider: retailcloud,");
    project.edit("manifests/web.yaml", /(metadata: \{ name: [\w/]+)/g, "$1, provider: shops");
    const refused = await project.cairn("apply --yes");
    expect([refused.code, refused.stderr]).toEqual([
      4,
      expect.stringContaining("ledger move --provider retailcloud=shops"),
    ]);
    const moved = await project.cairn("ledger move --provider retailcloud=shops --format json");
    expect(JSON.parse(moved.stdout)).toMatchObject({ from: "retailcloud", to: "shops", moved: 3, intents: 0 });
    expect((await project.cairn("plan --detailed-exitcode")).code).toBe(0);
  });

  it.each([
    ["ledger move", "E_USAGE", "ledger move needs to know what belongs where", 1],
    ["ledger move --provider retailcloud", "E_USAGE", "cairn ledger move --provider OLD=NEW", 1],
    ["ledger move --provider retailcloud=retialcloud", "E_CONFIG", 'did you mean "retailcloud"?', 1],
    ["ledger move --provider nobody=retailcloud", "E_TARGET", "objects are owned behind retailcloud", 1],
    ["ledger move --provider retailcloud=huawei", "E_OTHER_CLOUD", "cannot belong to huaweicloud", 4],
  ])("%s is refused with %s, and changes nothing", async (line, code, says, exit) => {
    const project = await quiet();
    project.edit(
      "cairn.yaml",
      "providers:\n",
      'providers:\n  aliases:\n    huawei: { provider: huaweicloud, region: r, projectId: p, token: "${env.KEY}" }\n',
    );
    const before = project.read(".cairn/ledger.json");
    const ran = await project.cairn(line);
    expect(ran.stderr).toContain(`error[${code}]`);
    expect(ran.stderr).toContain(says);
    expect(ran.stderr).toContain("help: ");
    expect([ran.code, project.read(".cairn/ledger.json")]).toEqual([exit, before]);
  });
});

describe("cairn ledger check", () => {
  it("tells of a sound ledger, and changes nothing", async () => {
    const project = await quiet();
    const before = project.read(".cairn/ledger.json");
    const { code, stdout } = await project.cairn("ledger check");
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(
        /^\.cairn\/ledger\.json is sound: shop owns 3 resources\nlineage [\w-]+, serial \d+\nno lock\n$/,
      ),
    ]);
    expect(project.read(".cairn/ledger.json")).toBe(before);
    expect(project.emulator.calls()).toEqual([]);
  });

  it("tells what an interrupted run left open, and who holds the lock", async () => {
    const project = await quiet();
    const ledger = JSON.parse(project.read(".cairn/ledger.json"));
    const { id: _, ...entry } = ledger.entries["App/web"];
    const intents = [{ action: "create", entry: { ...entry, address: "App/shop" }, since: "2026-01-01T00:00:00.000Z" }];
    project.write(".cairn/ledger.json", JSON.stringify({ ...ledger, intents }));
    project.write(".cairn/ledger.json.lock", "scribble");
    const { code, stdout } = await project.cairn("ledger check");
    expect(code).toBe(0);
    expect(stdout).toContain("open intent: create App/shop, since 2026-01-01T00:00:00.000Z\n");
    expect(stdout).toContain("locked by an unknown holder");
    const json = JSON.parse((await project.cairn("ledger check --format json")).stdout);
    expect(json).toMatchObject({ owned: 3, lock: "unknown", sound: true, intents: [{ address: "App/shop" }] });
    expect((await project.cairn("ledger forget App/shop")).code).toBe(4);
  });

  it("names every fault with its way out: kinds that nobody knows, an object with two owners, another cloud", async () => {
    const project = await quiet();
    const ledger = JSON.parse(project.read(".cairn/ledger.json"));
    const app = ledger.entries["App/web"];
    const entries = {
      ...ledger.entries,
      "App/twin": { ...app, address: "App/twin" },
      "Ghost/g": { ...app, address: "Ghost/g", kind: "Ghost" },
    };
    project.write(".cairn/ledger.json", JSON.stringify({ ...ledger, entries }));
    project.edit("cairn.yaml", "127.0.0.1:8087", "127.0.0.1:8099");
    const { code, stderr, stdout } = await project.cairn("ledger check");
    expect(stdout).toContain("is not sound");
    expect(stderr).toContain("error[E_UNKNOWN_KIND] Ghost/g");
    expect(stderr).toContain("error[E_LEDGER] App/twin: owns the object with id 1001, and so does App/web");
    expect(stderr).toContain("error[E_OTHER_CLOUD]");
    expect(stderr.match(/help: /g)).toHaveLength(3);
    expect(code).toBe(1);
  });

  it("says what is wrong with a ledger that cannot be read, and that there is none", async () => {
    const project = await quiet();
    project.write(".cairn/ledger.json", project.read(".cairn/ledger.json").slice(0, 200));
    const torn = await project.cairn("ledger check");
    expect([torn.code, torn.stderr]).toEqual([1, expect.stringContaining("error[E_LEDGER] .cairn/ledger.json")]);
    expect((await shop().cairn("ledger check")).stderr).toContain("error[E_NO_LEDGER]");
  });
});

describe("cairn ledger forget", () => {
  it("gives up what an interrupted run was about to create: nobody looks for it any more", async () => {
    const project = await quiet();
    const ledger = JSON.parse(project.read(".cairn/ledger.json"));
    const { id: _, ...entry } = ledger.entries["App/web"];
    const intents = [{ action: "create", entry: { ...entry, address: "App/shop" }, since: "2026-01-01T00:00:00.000Z" }];
    project.write(".cairn/ledger.json", JSON.stringify({ ...ledger, intents }));
    const { code, stdout } = await project.cairn("ledger forget App/shop");
    expect([code, stdout]).toEqual([
      0,
      expect.stringContaining("App/shop, which an interrupted run began, is no longer owned"),
    ]);
    expect(JSON.parse(project.read(".cairn/ledger.json"))).toMatchObject({ intents: [] });
  });
});
