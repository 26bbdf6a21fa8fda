import { type Files, systemFiles } from "../../src/ledger/files.ts";

/** The real files, each of whose functions waits for its turn before it begins. */
export function delayedFiles(turn: () => Promise<void>): Files {
  const link: Files["link"] = (from, to) => turn().then(() => systemFiles.link(from, to));
  const open: Files["open"] = (path, flags, mode) => turn().then(() => systemFiles.open(path, flags, mode));
  const rename: Files["rename"] = (from, to) => turn().then(() => systemFiles.rename(from, to));
  const rm: Files["rm"] = (path, options) => turn().then(() => systemFiles.rm(path, options));
  const readdir = ((path: string) => turn().then(() => systemFiles.readdir(path))) as Files["readdir"];
  return { ...systemFiles, link, open, readdir, rename, rm };
}
