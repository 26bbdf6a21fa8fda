import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { systemClock } from "../../src/http/clock.ts";
import type { ConditionalStore } from "../../src/ledger/conditional-store.ts";
import { pgStore } from "../../src/ledger/pg-store.ts";
import { ledger } from "./ledgers.ts";
import { faultsOf, next, writeOnce } from "./open-backend.ts";
import { openStoreBackend } from "./open-store-backend.ts";
import { missingPostgres, type Postgres, startPostgres } from "./postgres.ts";

const missing = missingPostgres();
if (missing !== undefined) process.stderr.write(`${missing}: ledgers in PostgreSQL are not tested\n`);

let postgres: Postgres;
let database = 0;

/** A store in the database of the test. */
function open(url = postgres.url(`test${database}`), table = "cairn_ledger"): ConditionalStore {
  const store = pgStore({ url, table }, { clock: systemClock, random: Math.random });
  onTestFinished(store.close);
  return store;
}

const query = (text: string) => postgres.query(text, `test${database}`);

/** Ends every connection of cairn's to the database of the test. */
async function cutConnections(): Promise<number> {
  const rows = await query(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'cairn' and datname = current_database()",
  );
  return rows.length;
}

describe.skipIf(missing !== undefined)("pgStore()", () => {
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.remove());
  beforeEach(async () => {
    database += 1;
    await postgres.query(`create database test${database}`);
  });

  it("has nothing where there is no table, and makes none by looking", async () => {
    const store = open();
    expect(await store.read("k")).toBeUndefined();
    expect(await store.list("")).toEqual([]);
    await store.remove("k");
    expect(await store.write("k", "one", "0b1f")).toBe("conflict");
    expect(await query("select 1 from pg_tables where tablename = 'cairn_ledger'")).toEqual([]);
  });

  it("reads back what it wrote, under any name, and lists by prefix", async () => {
    const store = open();
    const names = ["shop/ledger.json", "shop/ledger.json.lock", "shop2/x", "100%_\\'\"; drop table x", "ä/联"];
    for (const name of names) {
      const written = await store.write(name, `text of ${name}\n联`, undefined);
      expect(await store.read(name)).toEqual({ ...Object(written), text: `text of ${name}\n联` });
    }
    expect(await store.list("")).toEqual([...names].sort());
    expect(await store.list("shop/")).toEqual(["shop/ledger.json", "shop/ledger.json.lock"]);
    expect(await store.list("100%_")).toEqual(["100%_\\'\"; drop table x"]);
    await store.remove("shop2/x");
    expect(await store.read("shop2/x")).toBeUndefined();
  });

  it("creates only where there is nothing, and replaces only what it was told", async () => {
    const store = open();
    const first = await store.write("k", "one", undefined);
    expect(await store.write("k", "two", undefined)).toBe("conflict");
    expect(await store.write("k", "two", "not even a tag")).toBe("conflict");
    expect(await store.write("gone", "two", first === "conflict" ? "" : first.tag)).toBe("conflict");
    expect(await store.write("k", "two", first === "conflict" ? "" : first.tag)).toEqual({ tag: expect.any(String) });
    expect(await store.read("k")).toMatchObject({ text: "two" });
  });

  it("lets one of many writers win, also when they make the table together", async () => {
    const stores = Array.from({ length: 6 }, () => open());
    const done = await Promise.all(stores.map((store, n) => store.write("k", `writer ${n}`, undefined)));
    expect(done.filter((one) => one !== "conflict")).toHaveLength(1);
    const winner = done.findIndex((one) => one !== "conflict");
    expect(await stores[0]?.read("k")).toMatchObject({ text: `writer ${winner}` });
  });

  it("keeps a table of any name, in a schema of its own", async () => {
    await query("create schema ops");
    const store = open(undefined, "ops.Ledgers");
    await store.write("k", "one", undefined);
    expect(await query('select name, content from ops."Ledgers"')).toEqual([{ name: "k", content: "one" }]);
  });

  it("goes on with a new connection where the old one was cut", async () => {
    const store = open();
    const first = await store.write("k", "one", undefined);
    expect(await cutConnections()).toBe(1);
    expect(await store.read("k")).toMatchObject({ text: "one" });
    await cutConnections();
    expect(await store.write("k", "two", first === "conflict" ? "" : first.tag)).toMatchObject({
      tag: expect.any(String),
    });
  });

  it("does a write once whose connection is cut while it is under way", async () => {
    const store = open();
    await store.write("k", "zero", undefined);
    await query(
      "create function slow() returns trigger language plpgsql as $$ begin perform pg_sleep(0.3); return new; end $$; create trigger slow before update on cairn_ledger for each row execute function slow()",
    );
    let tag = (await store.read("k"))?.tag ?? "";
    for (const delay of [20, 150, 290, 310]) {
      setTimeout(() => void cutConnections().catch(() => undefined), delay);
      const done = await store.write("k", `cut after ${delay} ms`, tag);
      expect(done).not.toBe("conflict");
      expect(await store.read("k")).toEqual({ text: `cut after ${delay} ms`, ...Object(done) });
      tag = done === "conflict" ? "" : done.tag;
    }
  });

  it("survives a restart of the server", async () => {
    const store = open();
    const first = await store.write("k", "one", undefined);
    await postgres.stop();
    const waiting = store.write("k", "two", first === "conflict" ? "" : first.tag);
    await postgres.start();
    expect(await waiting).toMatchObject({ tag: expect.any(String) });
    expect(await store.read("k")).toMatchObject({ text: "two" });
  });

  it("tells what is wrong with its cure, and never the password", async () => {
    await query(
      "create role poor login password 'poor-secret'; create table others (a int); create view seen as select 1",
    );
    await open().write("k", "one", undefined);
    const name = `test${database}`;
    const cases: readonly (readonly [url: string, table: string, help: string])[] = [
      [postgres.url(name, "cairn", "wr0ng"), "cairn_ledger", "check user and password in `ledger.url`"],
      [postgres.url("nowhere"), "cairn_ledger", "create the database, or correct its name"],
      [
        postgres.url(name, "poor", "poor-secret"),
        "cairn_ledger",
        'grant select, insert, update and delete on "cairn_ledger"',
      ],
      [postgres.url(name), "others", "the table is none of cairn's"],
      [`${postgres.url(name)}?sslmode=require`, "cairn_ledger", "write sslmode=disable"],
    ];
    for (const [url, table, help] of cases) {
      const [found] = await faultsOf(open(url, table).read("k"));
      expect([url, found?.help]).toEqual([url, expect.stringContaining(help)]);
      expect(JSON.stringify(found)).not.toMatch(/wr0ng|poor-secret|s3cret/);
    }
    const [unmade] = await faultsOf(open(postgres.url(name, "poor", "poor-secret"), "own").write("k", "x", undefined));
    expect(unmade?.help).toContain("to make the table it needs create on its schema");
    const [nowhere] = await faultsOf(open(undefined, "none.own").write("k", "x", undefined));
    expect(nowhere?.help).toContain('create the schema of "none"."own"');
  }, 120_000);

  it("is a place that a ledger can lie in", async () => {
    const backend = openStoreBackend(open());
    await writeOnce(backend, ledger);
    const lock = await backend.lock("cairn apply", 0);
    expect(await faultsOf(openStoreBackend(open()).lock("cairn apply", 0))).toMatchObject([{ code: "E_LOCKED" }]);
    await cutConnections();
    await lock.check();
    await lock.write(next(ledger));
    await lock.release();
    expect(await backend.read()).toEqual(next(ledger));
    expect(await backend.history()).toMatchObject([{ serial: 1, owned: 1 }]);
  });
});
