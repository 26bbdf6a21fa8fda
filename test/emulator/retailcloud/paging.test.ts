import { expect, test } from "vitest";
import { cloud } from "../cloud.ts";
import { APP, SEED } from "../seed.ts";

const [storefront] = SEED.retailcloud.App;
const apps = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ ...storefront, AppId: 100 + index, Title: `app-${index}` }));
const [environment] = SEED.retailcloud.Environment;
const environments = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ ...environment, EnvId: 100 + index, EnvName: `env-${index}` }));
const seedOf = (count: number) => ({ retailcloud: { ...SEED.retailcloud, Environment: environments(count) } });

test("a page holds as many rows as asked, but never more than the limit, and says so", async () => {
  const { call } = cloud({ seed: seedOf(250) });
  const page = async (PageNumber: string, PageSize: string) => {
    const { body } = await call("ListAppEnvironment", { AppId: "11", PageNumber, PageSize });
    return [
      body["PageNumber"],
      body["PageSize"],
      body["TotalCount"],
      Array.isArray(body["Data"]) && body["Data"].length,
    ];
  };
  expect(await page("1", "10")).toEqual([1n, 10n, 250n, 10]);
  expect(await page("1", "1000")).toEqual([1n, 100n, 250n, 100]);
  expect(await page("3", "1000")).toEqual([3n, 100n, 250n, 50]);
  expect(await page("4", "100")).toEqual([4n, 100n, 250n, 0]);
  expect(await page("0", "0")).toEqual([1n, 1n, 250n, 1]);
});

test("the limit can be set, so that small clouds have many pages", async () => {
  const { ask } = cloud({ seed: seedOf(5), pageLimit: 2 });
  const pages = [];
  for (const PageNumber of ["1", "2", "3"]) {
    pages.push(
      (await ask("ListAppEnvironment", { AppId: "11", PageNumber, PageSize: "50" })).rows.map((row) => row["EnvId"]),
    );
  }
  expect(pages).toEqual([[100n, 101n], [102n, 103n], [104n]]);
});

test("ListApp answers 20 rows unless asked otherwise, and TotalCount alone", async () => {
  const { call, ask } = cloud({ seed: { retailcloud: { App: apps(30) } } });
  const { body } = await call("ListApp");
  expect(Object.keys(body).sort()).toEqual(["Code", "Data", "ErrorMsg", "RequestId", "TotalCount"]);
  expect(await ask("ListApp")).toMatchObject({ total: 30, rows: { length: 20 } });
  expect((await ask("ListApp", { PageSize: "7", PageNumber: "5" })).rows).toHaveLength(2);
});

test("ListDeployConfig answers all at once", async () => {
  const { emulator, ask, call } = cloud({ pageLimit: 2 });
  await ask("CreateApp", APP);
  for (let n = 0; n < 5; n += 1) await ask("CreateDeployConfig", { AppId: "1001", EnvType: "test", Name: `c${n}` });
  expect((await call("ListDeployConfig", { AppId: "1001" })).body).toMatchObject({
    PageNumber: 1n,
    PageSize: 5n,
    TotalCount: 5n,
    Data: { length: 5 },
  });
  expect(emulator.state()["retailcloud"]?.["DeployConfig"]).toHaveLength(5);
});
