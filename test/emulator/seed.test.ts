import { describe, expect, test } from "vitest";
import { createEmulator } from "../../src/emulator/index.ts";
import { parseJson, UnreadableInput } from "../../src/emulator/read-json.ts";
import { cloud } from "./cloud.ts";
import { SEED } from "./seed.ts";

const [app] = SEED.retailcloud.App;

describe("a seed", () => {
  test("holds ids as numbers, as texts, or as integers beyond what a number holds", () => {
    const text = JSON.stringify({ retailcloud: { App: [app] } }).replace('"AppId":11', '"AppId":18014398509481985');
    const emulator = createEmulator({ seed: parseJson(text, "seed") });
    expect(emulator.state()["retailcloud"]?.["App"]).toMatchObject([{ AppId: "18014398509481985" }]);
    emulator.reset({ retailcloud: { App: [{ ...app, AppId: "12" }] } });
    expect(emulator.state()["retailcloud"]?.["App"]).toMatchObject([{ AppId: "12" }]);
  });

  test("adds users to the two that every account has", async () => {
    const { ask, emulator } = cloud({
      seed: { retailcloud: { User: [{ UserId: "u-9", UserType: "TAOBAO", RealName: "Ada" }] } },
    });
    const { rows, total } = await ask("ListUsers", { PageNumber: "1", PageSize: "10" });
    expect(total).toBe(3);
    expect(rows.map((row) => row["UserId"])).toEqual(["12345", "56789", "u-9"]);
    expect(emulator.state()["retailcloud"]?.["User"]).toHaveLength(1);
  });

  test("that does not fit is refused with all mistakes, and nothing changes", () => {
    const emulator = createEmulator({ seed: SEED });
    const before = emulator.state();
    const plant = (seed: unknown) => () => emulator.reset(seed);
    expect(plant({ retailcloud: { App: [{ AppId: "x1", Title: 7, StateType: 3 }], Apps: [] }, aws: {} })).toThrow(
      new UnreadableInput(
        [
          "seed.aws: is unknown; use one of retailcloud, huaweicloud, history",
          "seed.retailcloud.Apps: is unknown; use one of App, DeployConfig, Environment, Service, SlbAP, AppResourceAlloc, Cluster, ClusterNode, EcsInstance, NodeLabel, NodeLabelBinding, PersistentVolume, PersistentVolumeClaim, Database, RdsAccount, DbGrant, RdsBackup, User",
          'seed.retailcloud.App[0].AppId: must be a whole number, or one in quotes, not "x1"',
          "seed.retailcloud.App[0].Title: must be a string, not 7",
          "seed.retailcloud.App[0].BizCode: is missing",
          "seed.retailcloud.App[0].Language: is missing",
          "seed.retailcloud.App[0].OperatingSystem: is missing",
          "seed.retailcloud.App[0].ServiceType: is missing",
          "seed.retailcloud.App[0].StateType: must be one of 1, 2, not 3",
        ].join("\n"),
      ),
    );
    expect(plant({ retailcloud: { App: [app, app] } })).toThrow("seed.retailcloud.App: has two rows with the id 11");
    expect(plant("storefront")).toThrow('seed: must be an object, not "storefront"');
    expect(plant({ retailcloud: { App: [{ ...app, AppId: 2 ** 53 }] } })).toThrow(/AppId: must be a whole number/);
    expect(() => parseJson("{", "seed")).toThrow(/^seed: is not JSON/);
    expect(emulator.state()).toEqual(before);
  });
});
