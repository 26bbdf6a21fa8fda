import { readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { LedgerBackend } from "../../src/ledger/backend.ts";
import { fileBackend } from "../../src/ledger/file-backend.ts";
import { type Files, systemFiles } from "../../src/ledger/files.ts";
import { keptVersions } from "../../src/ledger/kept-ledger.ts";
import { ledgerText } from "../../src/ledger/ledger-document.ts";
import { movedLedger } from "../../src/ledger/moved-ledger.ts";
import { ledger } from "./ledgers.ts";
import { faultsOf, next, openBackend, path, writeOnce } from "./open-backend.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** The same state some writes later. */
function at(serial: number) {
  return { ...ledger, serial };
}

async function serialsOf(backend: LedgerBackend): Promise<readonly number[]> {
  return (await backend.history()).map(({ serial }) => serial);
}

/** The files of a history, but for the one that hides it from git. */
async function filesIn(root: string): Promise<readonly string[]> {
  return (await readdir(join(root, `${path}.history`))).filter((name) => name !== ".gitignore").sort();
}

function coded(code: string): Error {
  return Object.assign(new Error(code), { code });
}

test("history() is empty where nothing was replaced, and looking makes nothing", async () => {
  const backend = await openBackend();
  expect([await backend.history(), await backend.kept(1)]).toEqual([[], undefined]);
  await writeOnce(backend, ledger);
  expect(await backend.history()).toEqual([]);
  expect(await readdir(join(backend.root, ".cairn"))).not.toContain("ledger.json.history");
});

test("the first write of each lock keeps what stood before, the later ones nothing", async () => {
  const backend = await openBackend();
  await writeOnce(backend, ledger);
  for (const run of [1, 2]) {
    const lock = await backend.lock("cairn apply", 0);
    for (const n of [1, 2, 3]) await lock.write(at(run * 3 + n - 2));
    await lock.release();
  }
  const history = await backend.history();
  expect(history).toMatchObject([
    { serial: 4, owned: 1 },
    { serial: 1, owned: 1 },
  ]);
  expect(history.every(({ keptAt }) => Math.abs(Date.parse(keptAt) - Date.now()) < 60_000)).toBe(true);
  expect([await backend.kept(1), await backend.kept(4), await backend.kept(2)]).toEqual([ledger, at(4), undefined]);
  expect(await readFile(join(backend.root, `${path}.history/.gitignore`), "utf8")).toBe("*\n");
});

test("the history holds the last 50 versions, and removes what is older", async () => {
  const backend = await openBackend();
  let state = ledger;
  await writeOnce(backend, state);
  for (let run = 0; run < keptVersions + 5; run += 1) {
    state = next(state);
    await writeOnce(backend, state);
  }
  const serials = await serialsOf(backend);
  expect(serials).toHaveLength(keptVersions);
  expect([serials[0], serials.at(-1)]).toEqual([state.serial - 1, state.serial - keptVersions]);
  expect(await filesIn(backend.root)).toHaveLength(keptVersions);
});

test("a run that died between keeping and writing is not in the history twice", async () => {
  const root = await temporaryFolder();
  await writeOnce(await openBackend({ root }), ledger);
  const dying: Files = {
    ...systemFiles,
    rename: (from, to) => (String(to).endsWith(path) ? Promise.reject(coded("EIO")) : rename(from, to)),
  };
  const dead = fileBackend({ path, project: "storefront", root, files: dying });
  const lock = await dead.lock("cairn apply", 0);
  expect(await faultsOf(lock.write(at(2)))).toMatchObject([{ code: "E_LEDGER" }]);
  await lock.release();
  const backend = await openBackend({ root });
  await writeOnce(backend, { ...at(2), intents: [] });
  expect(await serialsOf(backend)).toEqual([1]);
  // The same serial with another content, put there by hand, is another version, and the newest of its serial.
  await writeFile(join(root, path), ledgerText({ ...ledger, intents: [] }));
  await writeOnce(backend, at(2));
  expect(await serialsOf(backend)).toEqual([1, 1]);
  expect((await backend.kept(1))?.intents).toEqual([]);
});

test.each(["ENOSPC", "EROFS", "EACCES"])(
  "what cannot be kept (%s) is a fault before anything is written",
  async (code) => {
    const root = await temporaryFolder();
    await writeOnce(await openBackend({ root }), ledger);
    const full: Files = { ...systemFiles, mkdir: (() => Promise.reject(coded(code))) as Files["mkdir"] };
    const backend = fileBackend({ path, project: "storefront", root, files: full });
    const lock = await backend.lock("cairn apply", 0);
    const [fault] = await faultsOf(lock.write(at(2)));
    expect(fault).toMatchObject({ code: "E_LEDGER", place: { file: path }, help: expect.stringMatching(/./) });
    expect(fault?.message).toMatch(new RegExp(`^cannot keep the ledger in its history: .*\\(${code}\\)$`));
    await lock.release();
    expect(await backend.read()).toEqual(ledger);
    await writeOnce(await openBackend({ root }), at(2));
  },
);

test("an old version that cannot be removed is in nobody's way", async () => {
  const root = await temporaryFolder();
  let state = ledger;
  const rm: Files["rm"] = (file, options) =>
    String(file).includes(".history") ? Promise.reject(coded("EACCES")) : systemFiles.rm(file, options);
  const backend = fileBackend({ path, project: "storefront", root, files: { ...systemFiles, rm } });
  await writeOnce(backend, state);
  for (let run = 0; run < keptVersions + 2; run += 1) {
    state = next(state);
    await writeOnce(backend, state);
  }
  expect(await serialsOf(backend)).toHaveLength(keptVersions + 2);
});

test("a writer that loses its lock while it keeps says so, and keeps nothing", async () => {
  const root = await temporaryFolder();
  const other = await openBackend({ root });
  await writeOnce(other, ledger);
  const mkdir = (async () => {
    await other.unlock();
    return systemFiles.mkdir(join(root, `${path}.history`), { recursive: true });
  }) as Files["mkdir"];
  const backend = fileBackend({ path, project: "storefront", root, files: { ...systemFiles, mkdir } });
  const lock = await backend.lock("cairn apply", 0);
  expect(await faultsOf(lock.write(at(2)))).toMatchObject([{ code: "E_LOCKED" }]);
  expect([await backend.history(), await backend.read()]).toEqual([[], ledger]);
  expect((await readdir(join(root, ".cairn"))).filter((name) => name.endsWith(".tmp"))).toEqual([]);
});

test("kept() refuses a version that is damaged or another project's, and names its file", async () => {
  const backend = await openBackend();
  await writeOnce(backend, ledger);
  await writeOnce(backend, at(2));
  const [name = ""] = await filesIn(backend.root);
  const file = join(backend.root, `${path}.history`, name);
  await writeFile(file, ledgerText(ledger).slice(0, 50));
  expect(await faultsOf(backend.kept(1))).toMatchObject([
    { code: "E_LEDGER", place: { file: `${path}.history/${name}` } },
  ]);
  await writeFile(file, ledgerText({ ...ledger, project: "billing" }));
  expect(await faultsOf(backend.kept(1))).toMatchObject([{ message: expect.stringContaining('"billing"') }]);
});

test("replace() takes any lineage and serial, over a damaged ledger too, which it keeps", async () => {
  const backend = await openBackend();
  await writeOnce(backend, ledger);
  const lock = await backend.lock("cairn ledger push", 0);
  await lock.replace({ ...ledger, lineage: "other", serial: 40 });
  expect(await backend.read()).toMatchObject({ lineage: "other", serial: 40 });
  await lock.write({ ...ledger, lineage: "other", serial: 41 });
  await lock.release();
  await writeFile(join(backend.root, path), "half a led");
  const second = await backend.lock("cairn ledger push", 0);
  await second.replace(at(50));
  await second.release();
  expect(await backend.read()).toEqual(at(50));
  const damaged = (await filesIn(backend.root)).filter((name) => name.startsWith("damaged."));
  expect(damaged).toHaveLength(1);
  expect(await readFile(join(backend.root, `${path}.history`, damaged[0] ?? ""), "utf8")).toBe("half a led");
  expect(await serialsOf(backend)).toEqual([1]);
});

test("a ledger that was moved away is refused with its new place by whoever reads, and found by who looks", async () => {
  const backend = await openBackend();
  await writeOnce(backend, ledger);
  const lock = await backend.lock("cairn ledger migrate", 0);
  await lock.replace(movedLedger(ledger, "state/ledger.json"));
  await lock.release();
  expect(await faultsOf(backend.read())).toMatchObject([
    { code: "E_LEDGER", place: { file: path }, message: "the ledger was moved to state/ledger.json" },
  ]);
  expect(await backend.look()).toMatchObject({
    type: "moved",
    note: { lineage: ledger.lineage, movedTo: "state/ledger.json" },
  });
  const again = await backend.lock("cairn apply", 0);
  expect(await faultsOf(again.write(at(2)))).toMatchObject([{ code: "E_LEDGER" }]);
  await again.replace(at(2));
  await again.release();
  expect([await backend.read(), await serialsOf(backend)]).toEqual([at(2), [1]]);
});

test("others() leaves out a ledger that was moved away", async () => {
  const dev = await openBackend({ stack: "dev" });
  const [state, prod] = [{ ...ledger, stack: "dev" }, await openBackend({ root: dev.root, stack: "prod" })];
  await writeOnce(dev, state);
  expect(await prod.others()).toEqual([state]);
  const lock = await dev.lock("cairn ledger migrate", 0);
  await lock.replace(movedLedger(state, "state/ledger.dev.json"));
  await lock.release();
  expect(await prod.others()).toEqual([]);
});

test("look() tells none, damaged and sound ledgers apart, and refuses what belongs to somebody else", async () => {
  const backend = await openBackend({ path: "ledger.json" });
  const put = (text: string): Promise<void> => writeFile(join(backend.root, "ledger.json"), text);
  expect(await backend.look()).toEqual({ type: "none" });
  await put(ledgerText(ledger));
  expect(await backend.look()).toEqual({ type: "ledger", ledger });
  for (const text of ["", "{", ledgerText(ledger).replace('"created"', '"found"')]) {
    await put(text);
    expect(await backend.look()).toMatchObject({ type: "damaged", fault: { diagnostics: [{ code: "E_LEDGER" }] } });
  }
  for (const text of [
    "{}",
    ledgerText(ledger).replace('"format": 1', '"format": 2'),
    ledgerText({ ...ledger, project: "x" }),
  ]) {
    await put(text);
    expect(await faultsOf(backend.look())).toMatchObject([{ code: "E_LEDGER" }]);
  }
});
