import { load } from "js-yaml";
import { describe, expect, it } from "vitest";
import { retailcloudViews } from "../../providers/retailcloud/views.ts";
import { built, secrets } from "./platform.ts";
import { example, shop } from "./shop.ts";

type Row = { readonly id: string; readonly name: string; readonly spec: Readonly<Record<string, unknown>> };

describe("cairn get KIND", () => {
  it("lists live objects of a kind, whoever owns them, with the address of those that are owned", async () => {
    const one = shop();
    await one.cairn("apply --yes");
    await one.cairn("ledger forget Environment/web/prod");
    const text = await one.cairn("get Environment");
    expect(text.stdout).toMatch(/^id +name +app +deployConfig +envType +region +replicas\n\d+ +prod +\d+ +\d+ +online/);
    const apps = JSON.parse((await one.cairn("get App --format json")).stdout) as readonly Row[];
    expect(apps).toMatchObject([
      { kind: "App", name: "web", address: "App/web", provider: "retailcloud", scope: {}, spec: { title: "web" } },
    ]);
    expect(apps[0]?.spec["userRoles"]).toEqual([{ roleName: "Owner", userId: "1", userType: "TAOBAO" }]);
  });

  it("writes the same rows as JSON and as YAML", async () => {
    const one = shop();
    await one.cairn("apply --yes");
    const json = await one.cairn("get App --format json --format yaml=apps.yaml");
    const yaml = await one.cairn("get App --format yaml");
    expect(load(yaml.stdout)).toEqual(JSON.parse(json.stdout));
    expect(one.read("apps.yaml")).toBe(yaml.stdout);
    expect((await one.cairn("plan --format yaml")).stderr).toContain("plan has no format yaml");
  });

  it("finds objects by name, id or address, and refuses names that nothing has", async () => {
    const one = shop();
    await one.cairn("apply --yes");
    const [app] = JSON.parse((await one.cairn("get App --format json")).stdout) as readonly Row[];
    for (const name of ["web", String(app?.id), "App/web"]) {
      expect((await one.cairn(`get App ${name}`)).stdout).toContain("App/web");
    }
    const strange = await one.cairn("get App web wbe wob");
    expect(strange.stderr).toContain('error[E_TARGET]: no live App has the name or id "wbe"');
    expect(strange.stderr).toContain('"wob"');
    expect(strange.code).toBe(1);
  });

  it("changes nothing, and keeps to a scope", async () => {
    const one = shop();
    await one.cairn("apply --yes");
    one.emulator.clearCalls();
    expect((await one.cairn("get DeployConfig --scope app=web")).stdout).toContain("online");
    expect((await one.cairn("get DeployConfig --scope app=404")).stdout).toBe("There is nothing.\n");
    expect(one.emulator.calls().map(({ action }) => action)).toEqual(["ListDeployConfig", "ListDeployConfig"]);
    const strange = await one.cairn("get DeployConfig --scope ap=1");
    expect(strange.stderr).toContain('DeployConfig has no scope "ap"\n  help: did you mean "app"?');
  });

  it("shows what there is, and says what could not be seen", async () => {
    const one = shop();
    await one.cairn("apply --yes");
    one.emulator.setFaults({ rules: [{ match: { action: "ListAppEnvironment" }, effect: "refused" }] });
    const ran = await one.cairn("get Environment");
    expect(ran.code).toBe(1);
    expect(ran.stderr).toMatch(/error\[E_REFUSED\].*ListAppEnvironment/);
    const json = await one.cairn("get Environment --format json");
    expect(JSON.parse(json.stdout)).toMatchObject({ errored: true });
  });

  it("needs to be told where to look for what no list of the cloud tells", async () => {
    const one = shop();
    const lost = await one.cairn("get Database");
    expect(lost.stderr).toContain(
      "Database lives in a dbInstanceId, and neither the cloud nor the project tells of one",
    );
    expect(lost.stderr).toContain("add --scope dbInstanceId=VALUE");
    expect((await one.cairn("get Database --scope dbInstanceId=rm-1")).stdout).toBe("There is nothing.\n");
  });

  it("lists every kind of both clouds", async () => {
    const edge = example("edge", { speed: 1000 });
    expect((await edge.cairn("apply --yes --stack staging")).code).toBe(0);
    const addons = await edge.cairn("get AddonInstance --stack staging");
    expect(addons.stdout).toContain("AddonInstance/blue/coredns");
    expect((await edge.cairn("get ApigInstance --stack staging")).stdout).toContain("ApigInstance/");
    const none = await edge.cairn("get App --stack staging");
    expect(none.stderr).toContain("error[E_CONFIG]: no provider in cairn.yaml has App");
  });
});

describe("cairn get VIEW", () => {
  it.each(["sdk", "manual"] as const)("shows every view of the platform in style %s, and no secret", async (wire) => {
    // A cluster forgets a pod's events after an hour, which is soon over in a fast cloud: so its time stands still to be looked at.
    const time: { stopped?: number } = {};
    const cloud = await built({ wire, clock: () => time.stopped ?? Date.now() });
    const environment = JSON.parse((await cloud.cairn("get Environment online --format json")).stdout)[0] as Row;
    await cloud.cairn(`api DeployApp --yes --param EnvId=${environment.id} --param Name=one --param TotalPartitions=1`);
    const orders = await cloud.cairn("get deploy-orders storefront/online --format json");
    const [{ DeployOrderId: order }] = JSON.parse(orders.stdout) as [{ DeployOrderId: number }];
    cloud.emulator.advance(600_000);
    time.stopped = Date.now();
    const [{ AppInstanceId: pod }] = JSON.parse((await cloud.cairn(`get pods ${order} --format json`)).stdout) as [
      { AppInstanceId: string },
    ];
    const words: Readonly<Record<string, string>> = {
      pods: `${order}`,
      "pod-log": `${order} ${pod}`,
      "pod-events": `${order} ${pod}`,
      "app-instances": "storefront/online",
    };
    for (const { name, columns } of retailcloudViews) {
      const ran = await cloud.cairn(`get ${name} ${words[name] ?? ""}`.trim());
      expect([name, ran.code]).toEqual([name, 0]);
      const [first = ""] = columns;
      const heads = ran.stdout.split("\n")[0] ?? "";
      if (name !== "backups") expect(heads).toContain(first.split(".").at(-1));
    }
    const all = cloud.texts.join("\n");
    for (const secret of Object.values(secrets)) expect(all).not.toContain(secret);
  });

  it("shows passwords of clusters to nobody", async () => {
    const cloud = await built({ wire: "manual" });
    const ran = await cloud.cairn("get clusters --format json");
    expect(JSON.parse(ran.stdout)).toMatchObject([{ Password: "(secret)" }]);
  });

  it("takes names and ids, looks up what else a call needs, and asks about everything where nothing is named", async () => {
    const one = shop();
    await one.cairn("apply --yes");
    const [environment] = JSON.parse((await one.cairn("get Environment --format json")).stdout) as readonly Row[];
    await one.cairn(`api DeployApp --yes --param EnvId=${environment?.id} --param Name=r1 --param TotalPartitions=1`);
    one.emulator.advance(600_000);
    for (const words of ["web/prod", "Environment/web/prod", "prod", environment?.id, "", "--scope environment=prod"]) {
      const ran = await one.cairn(`get app-instances ${words ?? ""}`.trim());
      expect(ran.stdout).toContain("RUNNING");
    }
    const strange = await one.cairn("get app-instances nowhere");
    expect(strange.stderr).toContain('no live Environment has the name or id "nowhere"');
  });

  it("says which names are several, what lacks, and what is too much", async () => {
    const cloud = await built();
    const two = await cloud.cairn("get pods");
    expect(two.stderr).toContain("pods needs order: the id of a deploy order");
    const many = await cloud.cairn("get users 5");
    expect(many.stderr).toContain('users takes no argument; "5" is one too many');
    const strange = await cloud.cairn("get uesrs");
    expect(strange.stderr).toContain('"uesrs" is neither a kind nor a view\n  help: did you mean "users"?');
    const log = await cloud.cairn("get pod-log --format json");
    expect(log.stderr).toContain("pod-log needs order");
    expect(log.stderr).toContain("pod-log needs pod");
    expect(JSON.parse(log.stdout)).toMatchObject({ errored: true });
  });

  it("follows the pages of backups, whose count stands elsewhere", async () => {
    const backups = Array.from({ length: 130 }, (_, index) => ({
      BackupId: String(index + 1),
      DBInstanceId: "rm-1",
      BackupType: "FullBackup",
      BackupDBNames: "orders",
    }));
    const one = shop({ seed: { retailcloud: { RdsBackup: backups } } });
    const ran = await one.cairn("get backups rm-1 --format json");
    expect(ran.stderr).toBe("");
    expect(JSON.parse(ran.stdout)).toHaveLength(130);
  });
});
