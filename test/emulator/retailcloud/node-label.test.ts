import { expect, test } from "vitest";
import { type Cloud, cloud, complaint } from "../cloud.ts";
import { CLUSTER, PLATFORM } from "../platform-seed.ts";

const PAGES = { PageNumber: "1", PageSize: "10" };
const WEB = { ClusterId: CLUSTER, LabelKey: "label.jst.com/type", LabelValue: "web" };

const seeded = () => cloud({ seed: PLATFORM });
const labels = async ({ ask }: Cloud, more = {}) =>
  (await ask("ListNodeLabels", { ClusterId: CLUSTER, ...PAGES, ...more })).rows.map((row) => row["LabelValue"]);
const bindings = async ({ ask }: Cloud, more = {}) =>
  (await ask("ListNodeLabelBindings", { ...PAGES, ...more })).rows.map(
    (row) => `${row["InstanceId"]} ${row["LabelValue"]}`,
  );

test("a label is taken once in a cluster", async () => {
  const { call, ask } = seeded();
  expect(complaint(await call("CreateNodeLabel", WEB))).toBe(
    "200 409: label label.jst.com/type=web of cluster c-1 exists already",
  );
  const { result } = await ask("CreateNodeLabel", { ...WEB, LabelValue: "db" });
  expect(result).toEqual({ Id: 1001n, ...WEB, LabelValue: "db" });
});

test("labels are listed by cluster and key", async () => {
  const it = seeded();
  await it.ask("CreateNodeLabel", { ...WEB, LabelKey: "label.jst.com/zone", LabelValue: "a" });
  expect(await labels(it)).toEqual(["web", "job", "a"]);
  expect(await labels(it, { LabelKey: "label.jst.com/zone" })).toEqual(["a"]);
  expect(await labels(it, { ClusterId: "c-9" })).toEqual([]);
});

test("a bound label is deleted by force, which takes its bindings along, or once it is unbound", async () => {
  const it = seeded();
  const remove = (Force: string) => it.call("DeleteNodeLabel", { ...WEB, Force });
  expect(complaint(await remove("false"))).toBe(
    "200 409: label label.jst.com/type=web of cluster c-1 is bound to i-1; unbind it first, or use Force",
  );
  const before = it.emulator.state();
  await remove("true");
  expect([await labels(it), await bindings(it)]).toEqual([["job"], []]);
  it.emulator.reset(before);
  await it.ask("UnbindNodeLabel", { ...WEB, InstanceId: "i-1" });
  expect(await labels(it)).toEqual(["web", "job"]);
  await remove("false");
  expect(await labels(it)).toEqual(["job"]);
});

test("binding makes the label where there is none, and leaves what is bound already", async () => {
  const it = seeded();
  const bind = (LabelValue: string) => it.ask("BindNodeLabel", { ...WEB, LabelValue, InstanceId: "i-1" });
  await bind("web");
  expect(await bindings(it)).toEqual(["i-1 web"]);
  await bind("new");
  expect(await labels(it)).toEqual(["web", "job", "new"]);
  expect(await bindings(it)).toEqual(["i-1 web", "i-1 new"]);
});

test("bindings are narrowed by every filter, and rows do not name their cluster", async () => {
  const it = seeded();
  await it.ask("BindNodeLabel", { ...WEB, LabelValue: "job", InstanceId: "i-2" });
  expect(await bindings(it, { ClusterId: "c-9" })).toEqual([]);
  expect(await bindings(it, { InstanceId: "i-2" })).toEqual(["i-2 job"]);
  expect(await bindings(it, { LabelKey: "label.jst.com/other" })).toEqual([]);
  expect(await bindings(it, { ClusterId: CLUSTER, LabelValue: "web" })).toEqual(["i-1 web"]);
  expect((await it.ask("ListNodeLabelBindings", PAGES)).rows[0]).toEqual({
    Id: 24n,
    InstanceId: "i-1",
    InstanceType: "ecs",
    LabelKey: "label.jst.com/type",
    LabelValue: "web",
  });
});

test.each([
  ["CreateNodeLabel", { ...WEB, ClusterId: "c-9" }, "cluster c-9"],
  ["BindNodeLabel", { ...WEB, ClusterId: "c-9", InstanceId: "i-1" }, "cluster c-9"],
  ["DeleteNodeLabel", { ...WEB, LabelValue: "x", Force: "true" }, "in cluster c-1, label label.jst.com/type=x"],
  ["UnbindNodeLabel", { ...WEB, InstanceId: "i-9" }, "on node i-9, label label.jst.com/type=web"],
])("%s %j says that it does not exist", async (action, params, what) => {
  const { call } = seeded();
  expect(complaint(await call(action, params))).toBe(`200 404: ${what} does not exist`);
});

test("keys begin with the vendor's prefix where they are new", async () => {
  const { call } = seeded();
  for (const action of ["CreateNodeLabel", "BindNodeLabel"]) {
    const told = complaint(await call(action, { ...WEB, LabelKey: "type", InstanceId: "i-1" }));
    expect(told).toContain("400 InvalidParameter: LabelKey must match ^label\\.jst\\.com/");
  }
});
