// Runs in a process before anything else, and kills it with SIGKILL right before its n-th step on the files of a ledger: each
// creation, write, sync, link, rename, removal and date counts, those in its history included. CHAOS_FILE_STEP holds n;
// without it nothing happens.
import { createRequire, syncBuiltinESMExports } from "node:module";
import { dirname } from "node:path";

const fatal = Number(process.env.CHAOS_FILE_STEP ?? "0");
const promises = createRequire(import.meta.url)("node:fs/promises");
let steps = 0;

/** Counts, and dies in its time. */
function step() {
  steps += 1;
  if (steps === fatal) process.kill(process.pid, "SIGKILL");
}

function isOfLedger(path) {
  return typeof path === "string" && /[\\/]\.cairn([\\/]|$)/.test(dirname(path));
}

for (const name of ["link", "mkdir", "rename", "rm"]) {
  const original = promises[name];
  promises[name] = (path, ...rest) => {
    if (isOfLedger(path)) step();
    return original(path, ...rest);
  };
}

const { open } = promises;
promises.open = async (path, flags, ...rest) => {
  if (!isOfLedger(path)) return open(path, flags, ...rest);
  if (flags === "wx") step();
  const file = await open(path, flags, ...rest);
  for (const name of ["writeFile", "sync", "utimes"]) {
    const original = file[name].bind(file);
    file[name] = (...args) => {
      step();
      return original(...args);
    };
  }
  return file;
};

syncBuiltinESMExports();
