import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createFetch } from "../../src/emulator/fetch.ts";
import { heldText } from "../../src/ledger/lock-text.ts";
import { record } from "../ledger/lock-records.ts";
import { missingPostgres, type Postgres, startPostgres } from "../ledger/postgres.ts";
import type { Ran } from "./run-cairn.ts";
import { applied, keys, objectsIn, type Shop, shop } from "./shop.ts";

const missing = missingPostgres();
let postgres: Postgres;
let database = 0;

const query = (text: string) => postgres.query(text, `shop${database}`);

/** A small project whose ledger lies in the database of the test. */
function pgShop(settings = 'ledger: { backend: pg, url: "${env.CAIRN_LEDGER_URL}" }'): Shop {
  const opened = shop();
  opened.edit("cairn.yaml", "pace:", `${settings}\npace:`);
  const env = { ...keys, CAIRN_LEDGER_URL: postgres.url(`shop${database}`) };
  const run: Shop["run"] = (words, circumstances) => opened.run(words, { env, ...circumstances });
  return { ...opened, run, cairn: (line, circumstances) => run(line.split(" "), circumstances) };
}

/** An apply during which something happens before its n-th call to an action is sent. */
function meanwhile(project: Shop, action: string, happen: () => Promise<unknown>): Promise<Ran> {
  const fetch = createFetch(project.emulator.handle);
  return project.cairn("apply --yes", {
    fetch: async (url, request) => {
      if (Object.values(request.headers).includes(action)) await happen();
      return fetch(url, request);
    },
  });
}

describe.skipIf(missing !== undefined)("a ledger in PostgreSQL", () => {
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.remove());
  beforeEach(async () => {
    database += 1;
    await postgres.query(`create database shop${database}`);
  });

  it("does all that a file does: apply, plan, list, drift, destroy", async () => {
    const project = pgShop();
    await applied(project);
    expect((await project.cairn("plan --detailed-exitcode")).code).toBe(0);
    expect((await project.cairn("ledger list")).stdout).toMatch(/App\/web .*created/);
    expect((await project.cairn("drift")).code).toBe(0);
    const checked = await project.cairn("ledger check");
    expect(checked.stdout).toMatch(/^postgres:\/\/127\.0\.0\.1:\d+\/shop\d+#cairn_ledger\/shop\/ledger\.json is sound/);
    expect((await project.cairn("destroy --yes")).code).toBe(0);
    expect(objectsIn(project.emulator)).toMatchObject({ App: 0, DeployConfig: 0, Environment: 0 });
    const names = (await query("select name from cairn_ledger order by name")).map(({ name }) => name);
    expect(names).toEqual([
      "shop/ledger.json",
      expect.stringMatching(/^shop\/ledger\.json\.history\/0/),
      "shop/ledger.json.lock",
    ]);
  });

  it("refuses a second run, and gives the lock of a dead one up to unlock", async () => {
    const project = pgShop();
    await applied(project);
    const lock = heldText({ ...(await record("cairn apply")), host: "elsewhere", pid: 4711 }, Date.now());
    await query(`update cairn_ledger set tag = gen_random_uuid(), content = '${lock}' where name like '%.lock'`);
    const { code, stderr } = await project.cairn("apply --yes");
    expect(stderr).toMatch(/error\[E_LOCKED\] postgres:.*"cairn apply" \(pid 4711 on elsewhere/);
    expect(code).toBe(4);
    expect((await project.cairn("ledger unlock")).stdout).toContain("removed the lock of process 4711 on elsewhere");
    await applied(project);
  });

  it("keeps stacks apart: what another one owns is not adopted", async () => {
    const project = pgShop();
    project.edit("cairn.yaml", "pace:", "stacks: { one: {}, two: {} }\npace:");
    expect((await project.cairn("apply --yes --stack one")).code).toBe(0);
    const { code, stderr } = await project.cairn("apply --yes --stack two");
    expect(stderr).toContain("error[E_OWNED_ELSEWHERE]");
    expect(code).toBe(1);
  });

  it("goes on where its connection is cut in the middle of a run", async () => {
    const project = pgShop();
    const cut = () => query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'cairn'");
    const { code, stderr } = await meanwhile(project, "CreateApp", cut);
    expect([code, stderr]).toEqual([0, expect.not.stringContaining("error[")]);
    expect((await project.cairn("plan --detailed-exitcode")).code).toBe(0);
  });

  it("goes on where the server is restarted in the middle of a run", async () => {
    const project = pgShop();
    const restart = async () => {
      await postgres.stop();
      await postgres.start();
    };
    const { code, stderr } = await meanwhile(project, "CreateApp", restart);
    expect([code, stderr]).toEqual([0, expect.not.stringContaining("error[")]);
    expect((await project.cairn("plan --detailed-exitcode")).code).toBe(0);
  });

  it("that is gone in the middle of a run is printed, and the next run goes on", { timeout: 120_000 }, async () => {
    const project = pgShop();
    const { code, stderr } = await meanwhile(project, "CreateApp", () => postgres.stop());
    await postgres.start();
    expect(code).toBe(3);
    expect(stderr).toMatch(/error\[E_LEDGER\] postgres:.*cannot write the ledger: .*cannot reach 127\.0\.0\.1:\d+/);
    expect(stderr).toMatch(/the ledger could not be written; this is what it has to hold:\n\{[\s\S]*"App\/web"/);
    // The process that could not give its lock back is this one, and lives.
    await project.cairn("ledger unlock");
    await applied(project);
    expect(objectsIn(project.emulator)).toMatchObject({ App: 1, DeployConfig: 1, Environment: 1 });
  });

  it("shows the password of its URL nowhere, and warns where it stands in clear", async () => {
    const url = postgres.url(`shop${database}`);
    const project = pgShop(`ledger: { backend: pg, url: "${url}", table: team_ledger }`);
    const { code, stderr, stdout } = await project.cairn("apply --yes --log-level debug");
    expect(code).toBe(0);
    expect(stderr).toContain("ledger.url: a secret stands here in clear");
    const wrong = await pgShop().cairn("plan --log-level debug", {
      env: { ...keys, CAIRN_LEDGER_URL: url.replace("s3cret", "wr0ng") },
    });
    expect(wrong.stderr).toContain("help: check user and password in `ledger.url`");
    expect(`${stdout}${stderr}${wrong.stdout}${wrong.stderr}`).not.toMatch(/s3cret|wr0ng/);
    expect(await query("select count(*)::int as n from team_ledger")).toEqual([{ n: 2 }]);
  });
});
