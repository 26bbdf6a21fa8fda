import { execFileSync } from "node:child_process";
import { symlink, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ledgerText } from "../../src/ledger/ledger-document.ts";
import { ledger } from "./ledgers.ts";
import { faultsOf, openBackend } from "./open-backend.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const path = "ledger.json";

test("a ledger that is a link is refused, because a write would replace the link", async () => {
  const root = await temporaryFolder();
  await writeFile(join(root, "real.json"), ledgerText(ledger));
  await symlink("real.json", join(root, path));
  expect(await faultsOf((await openBackend({ root, path })).read())).toMatchObject([
    {
      code: "E_LEDGER",
      place: { file: path },
      message: "cannot read the ledger: it is a symbolic link (ELOOP)",
      help: "set `ledger.path` in cairn.yaml to the file that it leads to",
    },
  ]);
});

test.skipIf(process.platform === "win32")("a ledger that is a pipe or a device is refused at once", async () => {
  const root = await temporaryFolder();
  execFileSync("mkfifo", [join(root, path)]);
  for (const place of [path, "/dev/zero"]) {
    expect(await faultsOf((await openBackend({ root, path: place })).read())).toMatchObject([
      { code: "E_LEDGER", message: "cannot read the ledger: it is a device or a pipe, not a file" },
    ]);
  }
  // The same in the place of its lock.
  execFileSync("mkfifo", [join(root, "other.json.lock")]);
  expect(await faultsOf((await openBackend({ root, path: "other.json" })).lock("cairn apply", 0))).toMatchObject([
    { code: "E_LOCKED", message: "the ledger is locked by an unknown holder: its lock file is not readable" },
  ]);
});

test("a ledger that is larger than any ledger is refused, and not read", async () => {
  const root = await temporaryFolder();
  await writeFile(join(root, path), ledgerText(ledger));
  await truncate(join(root, path), 3 * 2 ** 30);
  expect(await faultsOf((await openBackend({ root, path })).read())).toMatchObject([
    { code: "E_LEDGER", message: "the ledger is 3072 MiB long; cairn reads no more than 256 MiB" },
  ]);
});

test("a lock file that is larger than any lock is not read", async () => {
  const root = await temporaryFolder();
  await writeFile(join(root, `${path}.lock`), "");
  await truncate(join(root, `${path}.lock`), 3 * 2 ** 30);
  expect(await faultsOf((await openBackend({ root, path })).lock("cairn apply", 0))).toMatchObject([
    { code: "E_LOCKED" },
  ]);
});
