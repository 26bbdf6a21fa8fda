import { spawn } from "node:child_process";
import { once } from "node:events";
import { open, readdir, readFile, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeAtomically } from "../../src/ledger/atomic-write.ts";
import { type Files, systemFiles } from "../../src/ledger/files.ts";
import { temporaryFolder } from "./temporary-folder.ts";

function coded(code: string): Error {
  return Object.assign(new Error(code), { code });
}

/** Files whose open handles fail at one of their functions. */
function failingHandle(name: "writeFile" | "sync" | "close", error: Error, when: (flags: string) => boolean): Files {
  const failing: Files["open"] = async (path, flags, mode) => {
    const handle = await open(path, flags, mode);
    if (!when(String(flags))) return handle;
    const real = handle[name].bind(handle);
    const broken = async (): Promise<never> => {
      if (name === "close") await real(undefined as never);
      throw error;
    };
    return Object.assign(handle, { [name]: broken });
  };
  return { ...systemFiles, open: failing };
}

test("writeAtomically() writes a new file and replaces an old one, for its owner's eyes only", async () => {
  const folder = await temporaryFolder();
  const path = join(folder, "ledger.json");
  await writeAtomically(path, "first");
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  await writeAtomically(path, "名".repeat(1_000_000));
  expect(await readFile(path, "utf8")).toBe("名".repeat(1_000_000));
  expect(await readdir(folder)).toEqual(["ledger.json"]);
});

test.each([
  ["writeFile", "ENOSPC"],
  ["sync", "EIO"],
  ["close", "ENOSPC"],
] as const)("writeAtomically() leaves the old file and nothing else when %s fails with %s", async (name, code) => {
  const folder = await temporaryFolder();
  const path = join(folder, "ledger.json");
  await writeFile(path, "old");
  const files = failingHandle(name, coded(code), (flags) => flags === "wx");
  await expect(writeAtomically(path, "new", { files })).rejects.toMatchObject({ code });
  expect(await readFile(path, "utf8")).toBe("old");
  expect(await readdir(folder)).toEqual(["ledger.json"]);
});

test("writeAtomically() leaves the old file and nothing else when the rename fails", async () => {
  const folder = await temporaryFolder();
  const path = join(folder, "ledger.json");
  await writeFile(path, "old");
  const files: Files = { ...systemFiles, rename: () => Promise.reject(coded("EACCES")) };
  await expect(writeAtomically(path, "new", { files })).rejects.toMatchObject({ code: "EACCES" });
  expect(await readFile(path, "utf8")).toBe("old");
  expect(await readdir(folder)).toEqual(["ledger.json"]);
});

test("writeAtomically() minds a folder that fails to sync, not one that cannot", async () => {
  const path = join(await temporaryFolder(), "ledger.json");
  await writeAtomically(path, "text", { files: failingHandle("sync", coded("EINVAL"), (flags) => flags === "r") });
  expect(await readFile(path, "utf8")).toBe("text");
  const broken = failingHandle("sync", coded("EIO"), (flags) => flags === "r");
  await expect(writeAtomically(path, "text", { files: broken })).rejects.toMatchObject({ code: "EIO" });
});

test("writeAtomically() removes what killed writers have left, and nothing of living ones or of other files", async () => {
  const folder = await temporaryFolder();
  const path = join(folder, "ledger.json");
  const mark = await markOf(path);
  const child = spawn(process.execPath, ["-e", ""]);
  await once(child, "exit");
  const hourAgo = new Date(Date.now() - 2 * 60 * 60 * 1000);
  const names = {
    dead: `.ledger.json.${mark}.${child.pid}.aaaaaaaaaaaa.tmp`,
    living: `.ledger.json.${mark}.${process.pid}.aaaaaaaaaaaa.tmp`,
    elsewhere: `.ledger.json.00000000.${child.pid}.aaaaaaaaaaaa.tmp`,
    old: `.ledger.json.00000000.1.bbbbbbbbbbbb.tmp`,
    other: `.other.json.${mark}.${child.pid}.aaaaaaaaaaaa.tmp`,
  };
  for (const name of Object.values(names)) await writeFile(join(folder, name), "left");
  await utimes(join(folder, names.old), hourAgo, hourAgo);
  await writeAtomically(path, "text");
  expect((await readdir(folder)).sort()).toEqual([names.living, names.elsewhere, names.other, "ledger.json"].sort());
});

test("writeAtomically() takes no harm from a leftover that vanishes meanwhile", async () => {
  const folder = await temporaryFolder();
  const path = join(folder, "ledger.json");
  const files: Files = { ...systemFiles, stat: (async () => Promise.reject(coded("ENOENT"))) as Files["stat"] };
  await writeFile(join(folder, ".ledger.json.00000000.1.aaaaaaaaaaaa.tmp"), "left");
  await writeAtomically(path, "text", { files });
  expect(await readFile(path, "utf8")).toBe("text");
});

test("writeAtomically() is seen whole or not at all, also when its writer is killed", { timeout: 60_000 }, async () => {
  const folder = await temporaryFolder();
  const path = join(folder, "ledger.json");
  const texts = ["a", "b"].map((letter) => letter.repeat(300_000));
  await writeFile(path, texts[0] ?? "");
  const script = new URL("./write-forever.ts", import.meta.url);
  for (let round = 0; round < 4; round += 1) {
    const child = spawn(process.execPath, ["--import", "tsx", script.pathname, path], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(child.stdout, "data");
    await new Promise((resolve) => setTimeout(resolve, 20 + round * 13));
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(texts.includes(await readFile(path, "utf8"))).toBe(true);
  }
  await writeAtomically(path, "last");
  expect(await readdir(folder)).toEqual(["ledger.json"]);
});

/** The mark of this host in the names of temporary files, read off a write that is under way. */
async function markOf(path: string): Promise<string> {
  let seen = "";
  const rename: Files["rename"] = async (from, to) => {
    seen = String(from);
    await systemFiles.rename(from, to);
  };
  await writeAtomically(path, "text", { files: { ...systemFiles, rename } });
  return /\.ledger\.json\.([0-9a-f]{8})\.\d+\.[0-9a-f]{12}\.tmp$/.exec(seen)?.[1] ?? "";
}
