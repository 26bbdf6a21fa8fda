import { mkdir, readdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fileBackend } from "../../src/ledger/file-backend.ts";
import { ledgerText } from "../../src/ledger/ledger-document.ts";
import { ledger } from "./ledgers.ts";
import { faultsOf, next, openBackend, path, writeOnce } from "./open-backend.ts";
import { temporaryFolder } from "./temporary-folder.ts";

test("fileBackend() has no ledger before the first write, and makes nothing by looking", async () => {
  const backend = await openBackend();
  expect(await backend.read()).toBeUndefined();
  expect(await backend.others()).toEqual([]);
  expect(await backend.unlock()).toBeUndefined();
  expect(await readdir(backend.root)).toEqual([]);
});

test("fileBackend() reads what was written, and hides a new .cairn from git", async () => {
  const backend = await openBackend();
  await writeOnce(backend, ledger);
  expect(await backend.read()).toEqual(ledger);
  expect((await readdir(join(backend.root, ".cairn"))).sort()).toEqual([".gitignore", "ledger.json"]);
  expect(await readFile(join(backend.root, ".cairn/.gitignore"), "utf8")).toBe("*\n");
  expect((await stat(join(backend.root, path))).mode & 0o777).toBe(0o600);
});

test("fileBackend() leaves git alone in folders that it did not make, or that the user named", async () => {
  const root = await temporaryFolder();
  await mkdir(join(root, ".cairn"));
  await writeOnce(await openBackend({ root }), ledger);
  await writeOnce(await openBackend({ root, path: "state/deep/ledger.json" }), ledger);
  expect(await readdir(join(root, ".cairn"))).toEqual(["ledger.json"]);
  expect(await readdir(join(root, "state/deep"))).toEqual(["ledger.json"]);
});

test.each([
  [".cairn/ledger.json", "dev", ".cairn/ledger.dev.json"],
  ["ledger", "dev", "ledger.dev"],
  ["a.b/ledger.v1.json", "eu.prod", "a.b/ledger.v1.eu.prod.json"],
  [".cairn/ledger.json", undefined, ".cairn/ledger.json"],
])("fileBackend() puts the stack before the extension: %s + %s", async (configured, stack, location) => {
  const backend = await openBackend({ path: configured, ...(stack === undefined ? {} : { stack }) });
  expect(backend.location).toBe(location);
  await writeOnce(backend, stack === undefined ? ledger : { ...ledger, stack });
  expect((await stat(join(backend.root, location))).isFile()).toBe(true);
});

test("read() refuses the ledger of another project or stack, and a damaged one", async () => {
  const { root } = await openBackend();
  await writeFile(join(root, "ledger.json"), ledgerText(ledger));
  expect(await faultsOf((await openBackend({ root, path: "ledger.json", project: "billing" })).read())).toMatchObject([
    {
      code: "E_LEDGER",
      place: { file: "ledger.json" },
      message: 'belongs to the project "storefront", this is "billing"',
    },
  ]);
  await rename(join(root, "ledger.json"), join(root, "ledger.dev.json"));
  expect(await faultsOf((await openBackend({ root, path: "ledger.json", stack: "dev" })).read())).toMatchObject([
    { message: 'belongs to no stack, wanted is the stack "dev"' },
  ]);
  await writeFile(join(root, "ledger.json"), ledgerText(ledger).slice(0, 100));
  expect(await faultsOf((await openBackend({ root, path: "ledger.json" })).read())).toMatchObject([
    { code: "E_LEDGER" },
  ]);
});

test("others() finds the ledgers of the project's other stacks only", async () => {
  const root = await temporaryFolder();
  const at = (name: string): string => join(root, name);
  await writeFile(at("ledger.json"), ledgerText(ledger));
  await writeFile(at("ledger.dev.json"), ledgerText({ ...ledger, stack: "dev" }));
  await writeFile(at("ledger.prod.json"), ledgerText({ ...ledger, stack: "prod" }));
  await writeFile(at("ledger.copy.json"), ledgerText({ ...ledger, stack: "prod" }));
  await writeFile(at("ledger.billing.json"), ledgerText({ ...ledger, project: "billing", stack: "billing" }));
  await writeFile(at("ledger.notes.json"), '{"about": "something else"}');
  await writeFile(at("notes.json"), "not even JSON");
  await mkdir(at("ledger.folder.json"));
  const stacks = async (stack?: string): Promise<unknown[]> => {
    const backend = await openBackend({ root, path: "ledger.json", ...(stack === undefined ? {} : { stack }) });
    return (await backend.others()).map((one) => one.stack);
  };
  expect(await stacks("dev")).toEqual([undefined, "prod"]);
  expect(await stacks("new")).toEqual(["dev", undefined, "prod"]);
  expect(await stacks()).toEqual(["dev", "prod"]);
});

test("others() does not pass over a ledger that it cannot read", async () => {
  const root = await temporaryFolder();
  await writeFile(join(root, "ledger.dev.json"), ledgerText({ ...ledger, stack: "dev" }).slice(0, -20));
  const backend = await openBackend({ root, path: "ledger.json", stack: "prod" });
  expect(await faultsOf(backend.others())).toMatchObject([{ code: "E_LEDGER", place: { file: "ledger.dev.json" } }]);
});

test("others() takes no lock file for a ledger", async () => {
  const root = await temporaryFolder();
  const dev = await openBackend({ root, path: "ledger", stack: "dev" });
  await writeOnce(dev, { ...ledger, stack: "dev" });
  await writeFile(join(root, "ledger.dev.lock"), "");
  expect(await (await openBackend({ root, path: "ledger", stack: "prod" })).others()).toMatchObject([{ stack: "dev" }]);
});

test("lock() refuses a second one, per stack", async () => {
  const root = await temporaryFolder();
  const [dev, prod] = [await openBackend({ root, stack: "dev" }), await openBackend({ root, stack: "prod" })];
  const lock = await dev.lock("cairn apply", 0);
  expect(await faultsOf(dev.lock("cairn apply", 0))).toMatchObject([
    { code: "E_LOCKED", place: { file: ".cairn/ledger.dev.json" } },
  ]);
  await (await prod.lock("cairn apply", 0)).release();
  await lock.release();
  await lock.release();
  await (await dev.lock("cairn apply", 0)).release();
});

test("lock() stops waiting when the run is interrupted", async () => {
  const root = await temporaryFolder();
  const run = new AbortController();
  const backend = fileBackend({ path, project: "storefront", root, signal: run.signal });
  await backend.lock("cairn apply", 0);
  setTimeout(() => run.abort(), 50);
  expect(await faultsOf(backend.lock("cairn plan", 60_000))).toMatchObject([{ code: "E_INTERRUPTED" }]);
});

test("unlock() removes a lock and names its holder; the holder then writes nothing more", async () => {
  const backend = await openBackend();
  const lock = await backend.lock("cairn apply", 0);
  await lock.write(ledger);
  expect(await backend.unlock()).toMatchObject({ pid: process.pid, command: "cairn apply" });
  expect(await faultsOf(lock.write(next(ledger)))).toMatchObject([
    { code: "E_LOCKED", message: "the lock on the ledger was lost: nothing more is written or changed" },
  ]);
  expect(await backend.read()).toEqual(ledger);
  await writeFile(join(backend.root, `${path}.lock`), "");
  expect(await backend.unlock()).toBe("unknown");
});

test("fileBackend() says what is in the way: a file as folder, a folder as file", async () => {
  const root = await temporaryFolder();
  await writeFile(join(root, "plain"), "");
  await mkdir(join(root, "folder.json"));
  const inside = await openBackend({ root, path: "plain/ledger.json" });
  expect(await faultsOf(inside.read())).toMatchObject([
    {
      code: "E_LEDGER",
      place: { file: "plain/ledger.json" },
      message: "cannot read the ledger: a part of the path is a file, not a folder (ENOTDIR)",
      help: "set `ledger.path` in cairn.yaml to a file inside a folder",
    },
  ]);
  expect((await faultsOf(inside.lock("cairn apply", 0)))[0]?.message).toMatch(
    /^cannot lock the ledger: a part of the path is a file, not a folder \((EEXIST|ENOTDIR)\)$/,
  );
  expect((await faultsOf(inside.others()))[0]?.message).toMatch(/^cannot read the ledgers of the other stacks: /);
  const folder = await openBackend({ root, path: "folder.json" });
  expect(await faultsOf(folder.read())).toMatchObject([
    { message: "cannot read the ledger: it is a folder, not a file (EISDIR)" },
  ]);
  const lock = await folder.lock("cairn apply", 0);
  expect((await faultsOf(lock.write(ledger)))[0]?.message).toMatch(
    /^cannot write the ledger: it is a folder, not a file/,
  );
});
