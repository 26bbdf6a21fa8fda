import { describe, expect, it } from "vitest";
import type { LedgerState } from "../../src/core/ledger.ts";
import { fencedText, readFenced } from "../../src/ledger/fenced-text.ts";
import { keptVersions } from "../../src/ledger/kept-ledger.ts";
import { ledgerText } from "../../src/ledger/ledger-document.ts";
import { movedLedger } from "../../src/ledger/moved-ledger.ts";
import { ledger } from "./ledgers.ts";
import { memoryStore } from "./memory-store.ts";
import { faultsOf, next, writeOnce } from "./open-backend.ts";
import { openStoreBackend } from "./open-store-backend.ts";

const name = "storefront/ledger.json";
const lockName = `${name}.lock`;

describe("storeBackend()", () => {
  it("has no ledger before the first write, and makes nothing by looking", async () => {
    const { texts, open } = memoryStore();
    const backend = openStoreBackend(open());
    expect(await backend.read()).toBeUndefined();
    expect(await backend.look()).toEqual({ type: "none" });
    expect(await backend.others()).toEqual([]);
    expect(await backend.history()).toEqual([]);
    expect(await backend.holder()).toBeUndefined();
    expect(await backend.unlock()).toBeUndefined();
    expect([...texts]).toEqual([]);
  });

  it("reads what was written; the ledger lies there byte for byte as in a file, below one line", async () => {
    const { texts, open } = memoryStore();
    const backend = openStoreBackend(open());
    await writeOnce(backend, ledger);
    expect(await backend.read()).toEqual(ledger);
    const [line = "", ...rest] = (texts.get(name) ?? "").split("\n");
    expect(JSON.parse(line)).toEqual({ cairn: "ledger", fence: expect.any(String), write: expect.any(String) });
    expect(rest.join("\n")).toBe(ledgerText(ledger));
    expect([...texts.keys()]).toEqual([lockName, name]);
  });

  it("takes the next serial only, and never another lineage", async () => {
    const backend = openStoreBackend(memoryStore().open());
    await writeOnce(backend, ledger);
    const lock = await backend.lock("cairn apply", 0);
    expect(await faultsOf(lock.write({ ...ledger, serial: 3 }))).toMatchObject([
      { code: "E_LEDGER", message: "the ledger is at serial 1, expected serial 2: somebody else has changed it" },
    ]);
    expect(await faultsOf(lock.write({ ...ledger, serial: 2, lineage: "other" }))).toMatchObject([
      { code: "E_LEDGER", message: "another ledger lies in its place: lineage 5f0c instead of other" },
    ]);
    await lock.write(next(ledger));
    await lock.release();
    expect((await backend.read())?.serial).toBe(2);
  });

  it("notices a ledger that somebody writes without the lock, and overwrites nothing", async () => {
    const { texts, open } = memoryStore();
    const backend = openStoreBackend(open());
    const lock = await backend.lock("cairn apply", 0);
    await lock.write(ledger);
    texts.set(name, ledgerText({ ...ledger, serial: 9 }));
    for (const state of [next(ledger), { ...ledger, serial: 3 }]) {
      expect(await faultsOf(lock.write(state))).toMatchObject([{ code: "E_LEDGER" }]);
    }
    expect((await backend.read())?.serial).toBe(9);
    await lock.release();
  });

  it("may try a write again after its answer was lost", async () => {
    const { texts, open } = memoryStore();
    const store = open();
    let isLost = true;
    const backend = openStoreBackend({
      ...store,
      write: async (to, text, over) => {
        const done = await store.write(to, text, over);
        if (isLost && to === name && readFenced(text).ledger !== undefined) {
          isLost = false;
          throw new Error("lost");
        }
        return done;
      },
    });
    const lock = await backend.lock("cairn apply", 0);
    await expect(lock.write(ledger)).rejects.toThrow("lost");
    await lock.write(ledger);
    await lock.write(next(ledger));
    expect(readFenced(texts.get(name) ?? "").ledger).toBe(ledgerText(next(ledger)));
    await lock.release();
  });

  it("keeps the ledger as it stood before each run that writes, and no more of them than it says", async () => {
    const { open } = memoryStore();
    const backend = openStoreBackend(open());
    let state: LedgerState = ledger;
    for (let run = 0; run < keptVersions + 3; run += 1) {
      const lock = await backend.lock("cairn apply", 0);
      await lock.write(state);
      await lock.write(next(state));
      await lock.release();
      state = next(next(state));
    }
    const kept = await backend.history();
    expect(kept).toHaveLength(keptVersions);
    expect(kept.slice(0, 2).map(({ serial, owned }) => ({ serial, owned }))).toEqual([
      { serial: state.serial - 3, owned: 1 },
      { serial: state.serial - 5, owned: 1 },
    ]);
    expect(await backend.kept(state.serial - 3)).toEqual({ ...ledger, serial: state.serial - 3 });
    expect(await backend.kept(state.serial - 2)).toBeUndefined();
  });
});

describe("what lies in the place of a ledger", () => {
  const refused = [
    ["another project's ledger", ledgerText({ ...ledger, project: "billing" }), 'belongs to the project "billing"'],
    ["another stack's ledger", fencedText("x", ledgerText({ ...ledger, stack: "dev" })), 'belongs to the stack "dev"'],
    ["somebody's JSON", '{"version": 4, "resources": []}', "not a ledger of cairn"],
    ["a page of a proxy", "<html>\n<body>", "truncated or not JSON"],
    ["a line that only looks like a fence", '{"cairn": 1}\n{}', "truncated or not JSON"],
  ] as const;

  it.each(refused)("is left as it is where it is none of this project's: %s", async (_, text, message) => {
    const { texts, open } = memoryStore();
    texts.set(name, text);
    const backend = openStoreBackend(open());
    for (const work of [backend.read(), backend.lock("cairn apply", 0)]) {
      expect(await faultsOf(work)).toMatchObject([
        { code: "E_LEDGER", place: { file: `mem://${name}` }, message: expect.stringContaining(message) },
      ]);
    }
    expect(texts.get(name)).toBe(text);
    expect(await backend.holder()).toBeUndefined();
  });

  it("may be a ledger file that somebody has copied there", async () => {
    const { texts, open } = memoryStore();
    texts.set(name, ledgerText(ledger));
    const backend = openStoreBackend(open());
    expect(await backend.read()).toEqual(ledger);
    await writeOnce(backend, next(ledger));
    expect(await backend.read()).toEqual(next(ledger));
  });

  it("is refused to a run where it was moved away", async () => {
    const { open } = memoryStore();
    const backend = openStoreBackend(open());
    await writeOnce(backend, ledger);
    const lock = await backend.lock("cairn ledger migrate", 0);
    await lock.replace(movedLedger(ledger, "s3://new/ledger.json"));
    await lock.release();
    expect(await faultsOf(backend.read())).toMatchObject([{ message: "the ledger was moved to s3://new/ledger.json" }]);
    const late = await backend.lock("cairn apply", 0);
    expect(await faultsOf(late.write(next(ledger)))).toMatchObject([{ code: "E_LEDGER" }]);
    await late.release();
  });

  it("is kept where it is damaged, and can be replaced", async () => {
    const { texts, open } = memoryStore();
    const damaged = ledgerText(ledger).slice(0, 99);
    texts.set(name, fencedText("x", damaged));
    const backend = openStoreBackend(open());
    const lock = await backend.lock("cairn ledger push", 0);
    await lock.replace(ledger);
    await lock.release();
    expect(await backend.read()).toEqual(ledger);
    expect([...texts].filter(([one]) => one.includes(".history/damaged."))).toEqual([[expect.anything(), damaged]]);
  });
});

describe("others()", () => {
  it("finds the ledgers of the project's other stacks only", async () => {
    const { texts, open } = memoryStore();
    for (const stack of ["dev", "prod"]) {
      await writeOnce(openStoreBackend(open(), { stack }), { ...ledger, stack });
      await writeOnce(openStoreBackend(open(), { stack }), { ...next(ledger), stack });
    }
    texts.set("storefront/ledger.copy.json", fencedText("x", ledgerText({ ...ledger, stack: "prod" })));
    texts.set("storefront/ledger.new.json", fencedText("x", undefined));
    texts.set("storefront/ledger.notes.json", '{"about": "something else"}');
    texts.set("storefront/ledger.b.json", ledgerText({ ...ledger, project: "billing", stack: "b" }));
    texts.set("storefront/notes.json", "not even JSON");
    const stacks = async (stack: string) =>
      (await openStoreBackend(open(), { stack }).others()).map((one) => one.stack);
    expect(await stacks("dev")).toEqual(["prod"]);
    expect(await stacks("new")).toEqual(["dev", "prod"]);
  });

  it("does not pass over a ledger that it cannot read", async () => {
    const { texts, open } = memoryStore();
    texts.set("storefront/ledger.dev.json", ledgerText({ ...ledger, stack: "dev" }).slice(0, -20));
    expect(await faultsOf(openStoreBackend(open(), { stack: "prod" }).others())).toMatchObject([
      { code: "E_LEDGER", place: { file: "mem://storefront/ledger.dev.json" } },
    ]);
  });
});
