import { type Files, systemFiles } from "../../src/ledger/files.ts";

/** The real files of a process that dies right before its n-th step that changes something: nothing works from then on. */
export function dyingFiles(n: number): { readonly files: Files; readonly isDead: () => boolean } {
  let steps = 0;
  const step = (): void => {
    steps += 1;
    if (steps >= n) throw new Error("killed");
  };
  const alive = (): void => {
    if (steps >= n) throw new Error("killed");
  };
  const files: Files = {
    ...systemFiles,
    link: async (from, to) => {
      step();
      return systemFiles.link(from, to);
    },
    mkdir: (async (path: string, options: { readonly recursive: true }) => {
      step();
      return systemFiles.mkdir(path, options);
    }) as Files["mkdir"],
    open: async (path, flags, mode) => {
      if (flags === "wx") step();
      else alive();
      return systemFiles.open(path, flags, mode);
    },
    rename: async (from, to) => {
      step();
      return systemFiles.rename(from, to);
    },
    rm: async (path, options) => {
      step();
      return systemFiles.rm(path, options);
    },
  };
  return { files, isDead: () => steps >= n };
}
