import { describe, expect, it } from "vitest";
import { type Shop, shop } from "./shop.ts";

type Order = { readonly DeployOrderId: string; readonly Name: string; readonly Status: number };

/** A shop whose environment exists, and the environment's id. */
async function opened(): Promise<{ readonly one: Shop; readonly id: string }> {
  const one = shop();
  expect((await one.cairn("apply --yes")).code).toBe(0);
  const [row] = JSON.parse((await one.cairn("get Environment --format json")).stdout) as readonly { id: string }[];
  return { one, id: row?.id ?? "" };
}

async function deployed({ one, id }: Awaited<ReturnType<typeof opened>>, name: string, more = ""): Promise<void> {
  const words = `EnvId=${id} Name=${name} TotalPartitions=2 DeployPacketUrl=https://p.example/${name}.jar ${more}`;
  const params = words
    .trim()
    .split(" ")
    .map((word) => `--param ${word}`);
  expect((await one.cairn(`api DeployApp --yes ${params.join(" ")}`)).code).toBe(0);
  one.emulator.advance(600_000);
}

function failNext({ emulator }: Shop): void {
  emulator.setFaults({ rules: [{ match: { action: "DeployApp", nth: 1 }, effect: "fail-pod" }] });
}

async function quicken({ emulator }: Shop): Promise<void> {
  await emulator.fetch("http://127.0.0.1:8087/_emulator/clock", { method: "POST", body: '{"speed":100000}' });
}

function ordersOf({ emulator }: Shop): readonly Order[] {
  const { history } = emulator.state() as { history: { deployOrders: readonly Order[] } };
  return history.deployOrders;
}

describe("cairn rollout status and history", () => {
  it("tell how the newest rollout stands, its pods, and what to do next", async () => {
    const cloud = await opened();
    const none = await cloud.one.cairn("rollout status web/prod");
    expect(none.stdout).toContain("nothing was rolled out yet\nnext: cairn apply deploys what a Rollout declares");
    expect((await cloud.one.cairn("rollout history web/prod")).stdout).toBe("nothing was rolled out yet\n");
    await deployed(cloud, "r1");
    await deployed(cloud, "r2", "PauseType=first");
    const paused = await cloud.one.cairn(`rollout status --id ${cloud.id}`);
    expect(paused.stdout).toMatch(/release +r2\n +state +paused\n +progress +batch 1 of 2, 1 of 2 pods/);
    expect(paused.stdout).toContain(`next: cairn rollout resume --id ${cloud.id} goes on with the next batch`);
    const json = JSON.parse((await cloud.one.cairn("rollout status prod --format json")).stdout);
    expect(json).toMatchObject({ environment: "prod", id: cloud.id, order: { name: "r2", status: "paused" } });
    await cloud.one.cairn(`api CloseDeployOrder --yes --param DeployOrderId=${json.order.id}`);
    await cloud.one.cairn(`api ScaleApp --yes --param EnvId=${cloud.id} --param Replicas=3`);
    const history = await cloud.one.cairn("rollout history web/prod");
    expect(history.stdout.split("\n").map((line) => line.split(/ {2,}/).slice(1, 4).join(" "))).toEqual([
      "category release state",
      expect.stringMatching(/^scale .* under way$/),
      "deploy r2 closed",
      "deploy r1 succeeded",
      "",
    ]);
  });

  it("want an environment that can be found, and one only", async () => {
    const { one, id } = await opened();
    expect((await one.cairn("rollout status")).stderr).toContain("name an environment, or give its id with --id");
    expect((await one.cairn(`rollout status web/prod --id ${id}`)).stderr).toContain("name an environment, or give");
    expect((await one.cairn("rollout status web/pord")).stderr).toContain(
      'no live Environment has the name or id "web/pord"',
    );
    expect((await one.cairn("rollout")).stderr).toContain("a command of rollout is missing");
  });
});

describe("cairn rollout resume", () => {
  it("lets a paused rollout go on, once, and follows it to its end", async () => {
    const cloud = await opened();
    await deployed(cloud, "r1", "PauseType=first");
    expect((await cloud.one.cairn("rollout resume web/prod")).stderr).toContain("rollout resume asks before");
    const no = await cloud.one.cairn("rollout resume web/prod", { answers: ["n"] });
    expect(no.stderr).toMatch(/Resume order \d+ \(r1\): paused, batch 1 of 2, 1 of 2 pods\?/);
    expect(ordersOf(cloud.one)[0]?.Status).toBe(2);
    await quicken(cloud.one);
    const ran = await cloud.one.cairn("rollout resume web/prod --yes");
    expect(ran.stderr).toMatch(/order \d+ \(r1\): succeeded, batch 2 of 2, 2 of 2 pods/);
    expect([ran.code, ran.stdout]).toEqual([0, expect.stringMatching(/state +succeeded/)]);
    const again = await cloud.one.cairn("rollout resume web/prod --yes");
    expect(again.stderr).toMatch(/web\/prod has no paused rollout: order \d+ \(r1\): succeeded/);
    expect(again.code).toBe(1);
  });

  it("does not follow where it is told not to", async () => {
    const cloud = await opened();
    await deployed(cloud, "r1", "PauseType=first");
    const ran = await cloud.one.cairn("rollout resume web/prod --yes --no-wait --format json");
    expect(JSON.parse(ran.stdout)).toMatchObject({ order: { status: "deploying", batch: 2 } });
    expect(ran.code).toBe(0);
  });

  it("does not send a resume again whose answer was lost", async () => {
    const cloud = await opened();
    await deployed(cloud, "r1", "PauseType=first");
    cloud.one.emulator.setFaults({ rules: [{ match: { action: "ResumeDeploy", nth: 1 }, effect: "drop-response" }] });
    await quicken(cloud.one);
    expect((await cloud.one.cairn("rollout resume web/prod --yes")).code).toBe(0);
    const resumed = cloud.one.emulator.calls().filter(({ action }) => action === "ResumeDeploy");
    expect(resumed).toHaveLength(1);
  });

  it("shows why a rollout failed, and tries nothing again", async () => {
    const cloud = await opened();
    await deployed(cloud, "r1", "PauseType=first");
    cloud.one.emulator.setFaults({ rules: [{ match: { action: "ResumeDeploy", nth: 1 }, effect: "fail-pod" }] });
    await quicken(cloud.one);
    const ran = await cloud.one.cairn("rollout resume web/prod --yes --format json");
    expect(ran.code).toBe(3);
    expect(ran.stderr).toMatch(/pod app-instance-\d+-2 failed\n {2}events:/);
    expect(ran.stderr).toMatch(/error\[E_NOT_READY\]: order \d+ of r1 has failed/);
    expect(JSON.parse(ran.stdout)).toMatchObject({ order: { result: "failed" }, errored: true });
    expect(ordersOf(cloud.one)).toHaveLength(1);
  });
});

describe("cairn rollout close and restart", () => {
  it("close what is open, and say where nothing is", async () => {
    const cloud = await opened();
    expect((await cloud.one.cairn("rollout close web/prod --yes")).stdout).toBe("no order of web/prod is open\n");
    await deployed(cloud, "r1", "PauseType=first");
    const closed = await cloud.one.cairn("rollout close web/prod --yes --format json");
    expect(JSON.parse(closed.stdout)).toMatchObject({ closed: { name: "r1", result: "closed", status: "finished" } });
    expect((await cloud.one.cairn("rollout status web/prod")).stdout).toMatch(/state +closed/);
  });

  it("restart all that runs or one, by name, and deploy nothing", async () => {
    const cloud = await opened();
    expect((await cloud.one.cairn("rollout restart web/prod --yes")).stdout).toBe("nothing runs in web/prod\n");
    await deployed(cloud, "r1");
    const all = await cloud.one.cairn(`rollout restart --id ${cloud.id} --yes --format json`);
    const { restarted } = JSON.parse(all.stdout) as { restarted: readonly string[] };
    expect(restarted).toHaveLength(2);
    const one = await cloud.one.cairn(`rollout restart web/prod --yes --pod ${restarted[1]}`);
    expect(one.stdout).toBe(`restarted ${restarted[1]}\n`);
    const strange = await cloud.one.cairn("rollout restart web/prod --yes --pod nope");
    expect(strange.stderr).toContain('no instance "nope" runs in web/prod');
    const instances = JSON.parse((await cloud.one.cairn("get app-instances web/prod --format json")).stdout);
    expect(instances.map(({ RestartCount }: { RestartCount: number }) => RestartCount)).toEqual([1, 2]);
    expect(ordersOf(cloud.one)).toHaveLength(1);
  });
});

describe("cairn rollout logs and events", () => {
  it("show what pods printed and what the cluster noted, masked", async () => {
    const cloud = await opened();
    expect((await cloud.one.cairn("rollout logs web/prod")).stderr).toContain("nothing was rolled out to web/prod yet");
    await deployed(cloud, "r1");
    const logs = await cloud.one.cairn("rollout logs web/prod --lines 1");
    expect(logs.stdout).toMatch(/^app-instance-\d+-1\n {2}\S.*\napp-instance-\d+-2\n {2}\S/);
    const events = JSON.parse((await cloud.one.cairn("rollout events web/prod --format json")).stdout);
    expect(events).toMatchObject([{ pod: expect.stringContaining("-1") }, { pod: expect.stringContaining("-2") }]);
    const single = await cloud.one.cairn(`rollout events web/prod --pod ${events[1].pod}`);
    expect(single.stdout).not.toContain(events[0].pod);
    const strange = await cloud.one.cairn("rollout logs web/prod --pod nope");
    expect(strange.stderr).toMatch(/order \d+ \(r1\) has no pod "nope"\n {2}help: its pods are app-instance/);
  });
});

describe("cairn rollout undo", () => {
  it("brings back the last good release after a failure, with the package that the cloud remembers", async () => {
    const cloud = await opened();
    await deployed(cloud, "r1");
    failNext(cloud.one);
    await deployed(cloud, "r2");
    await quicken(cloud.one);
    const ran = await cloud.one.cairn("rollout undo web/prod --yes");
    expect(ran.stderr).toContain(
      "web/prod goes back to r1 (https://p.example/r1.jar), with the deploy config that it has now",
    );
    expect(ran.code).toBe(0);
    expect(ordersOf(cloud.one).map(({ Name }) => Name)).toEqual(["r1", "r2", "r1"]);
  });

  it("closes a paused rollout first", async () => {
    const cloud = await opened();
    await deployed(cloud, "r1");
    await deployed(cloud, "r2", "PauseType=first");
    const no = await cloud.one.cairn("rollout undo web/prod", { answers: ["no"] });
    expect(no.stderr).toMatch(/Undo: close order \d+ \(r2\): paused, .*, and deploy r1 again\?/);
    const ran = await cloud.one.cairn("rollout undo web/prod --yes --no-wait");
    expect(ran.code).toBe(0);
    expect(ordersOf(cloud.one).map(({ Name, Status }) => [Name, Status])).toEqual([
      ["r1", 3],
      ["r2", 3],
      ["r1", 1],
    ]);
  });

  it("asks for the package of a release that nothing tells of any more", async () => {
    const cloud = await opened();
    const none = await cloud.one.cairn("rollout undo web/prod --yes");
    expect(none.stderr).toContain("web/prod has no earlier rollout that succeeded");
    await deployed(cloud, "r1");
    await deployed(cloud, "r2");
    const lost = await cloud.one.cairn("rollout undo web/prod --yes");
    expect(lost.stderr).toContain("nothing tells what package r1 was");
    expect([none.code, lost.code]).toEqual([1, 1]);
    const told = await cloud.one.cairn("rollout undo web/prod --yes --no-wait --package-url https://p.example/r1.jar");
    expect(told.code).toBe(0);
    const sent = cloud.one.emulator.calls().findLast(({ action }) => action === "DeployApp");
    expect(sent?.params).toMatchObject({
      Name: "r1",
      DeployPacketUrl: "https://p.example/r1.jar",
      TotalPartitions: "2",
    });
  });

  it("deploys once where the answer was lost", async () => {
    const cloud = await opened();
    await deployed(cloud, "r1");
    await deployed(cloud, "r2");
    cloud.one.emulator.setFaults({ rules: [{ match: { action: "DeployApp", nth: 1 }, effect: "drop-response" }] });
    await quicken(cloud.one);
    const ran = await cloud.one.cairn("rollout undo web/prod --yes --package-id 77");
    expect(ran.code).toBe(0);
    expect(ordersOf(cloud.one).map(({ Name }) => Name)).toEqual(["r1", "r2", "r1"]);
  });
});

describe("cairn rollout retry", () => {
  it("deploys the declared release again, which an apply holds back", async () => {
    const one = shop({ speed: 100_000 });
    const spec = '{ environment: web/prod, release: r1, packageUrl: "https://p.example/r1.jar" }';
    one.write(
      "manifests/rollout.yaml",
      `apiVersion: retailcloud/v1\nkind: Rollout\nmetadata: { name: web/prod }\nspec: ${spec}\n`,
    );
    failNext(one);
    expect((await one.cairn("apply --yes")).code).toBe(3);
    expect((await one.cairn("apply --yes")).code).toBe(0);
    expect(ordersOf(one)).toHaveLength(1);
    expect((await one.cairn("rollout retry web/prod --yes")).code).toBe(0);
    expect(ordersOf(one)).toHaveLength(2);
    expect((await one.cairn("rollout status web/prod")).stdout).toMatch(/state +succeeded/);
  });

  it("says where nothing declares a rollout", async () => {
    const { one } = await opened();
    const ran = await one.cairn("rollout retry web/prod --yes");
    expect(ran.stderr).toContain("no manifest declares a rollout of web/prod");
    expect(ran.code).toBe(1);
  });
});
