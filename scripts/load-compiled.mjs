// Loads a CommonJS bundle together with the code that V8 made of it before, which stands beside it in a `.cache` file. Most
// of a cold start is compiling; where the file was made by another V8, or is not there, V8 compiles as always.
//
// This is part of the executable; the build uses it to make the file.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { setFlagsFromString } from "node:v8";
import { Script } from "node:vm";

/** The bundle as a script: `run` gives its exports, `cache` the code that has been compiled until then. */
export function compiledBundle(path) {
  // Most commands are over before optimised code pays for its compilation: only what runs long is worth it. Set here, because
  // V8 takes compiled code only from a process with the same settings.
  setFlagsFromString("--interrupt-budget=2000000");
  const source = `(function(exports,require,module,__filename,__dirname){${readFileSync(path, "utf8")}\n})`;
  const script = new Script(source, { filename: path, cachedData: cacheOf(path) });
  const run = () => {
    const module = { exports: {} };
    script.runInThisContext()(module.exports, createRequire(path), module, path, dirname(path));
    return module.exports;
  };
  return { run, cache: () => script.createCachedData() };
}

function cacheOf(path) {
  try {
    return readFileSync(`${path}.cache`);
  } catch {
    return undefined;
  }
}
