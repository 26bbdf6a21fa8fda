// Writes dist/cairn.js, the executable, and beside it the chunks that it loads when a command needs them: each start
// reads only what it runs. What is named external is loaded from node_modules, and only then.
//
// `--trace FILE` writes one bundle to FILE instead that holds everything and, on exit, writes the names of the modules that
// ran, one a line, to the file that CAIRN_TRACE names: how a test sees what a command loads.
import { chmod, readFile, rm } from "node:fs/promises";
import { build } from "esbuild";

const manifest = JSON.parse(await readFile(new URL("../package.json", import.meta.url), "utf8"));
const traced = process.argv[2] === "--trace" ? process.argv[3] : undefined;

// Some packages are CommonJS and ask for Node's modules by require, which an ES module does not have.
const banner = `import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);`;
const traceBanner = `import{writeFileSync as __write}from"node:fs";globalThis.__ran=[];process.on("exit",()=>__write(process.env.CAIRN_TRACE,globalThis.__ran.join("\\n")));`;

/**
 * zod without what cairn never uses, which would be read at every start: forty languages, and everything that hangs on its
 * namespace object, which a bundler has to keep whole.
 */
const leanZod = {
  name: "lean-zod",
  setup(bundle) {
    const english = `export { default as en } from "./en.js";`;
    bundle.onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: english,
      loader: "js",
    }));
    bundle.onLoad({ filter: /[\\/](src|providers)[\\/].*\.ts$/, namespace: "file" }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      return { contents: source.replace('import { z } from "zod"', 'import * as z from "zod"'), loader: "ts" };
    });
  },
};

/** Makes every module say its name when its body runs. */
const trace = {
  name: "trace",
  setup(bundle) {
    bundle.onLoad({ filter: /\.(ts|js|mjs|cjs)$/, namespace: "file" }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      const name = path.slice(process.cwd().length + 1);
      const loader = path.endsWith(".ts") ? "ts" : "js";
      return { contents: `${source.replace(/^#!.*/, "")}\n;globalThis.__ran.push(${JSON.stringify(name)});`, loader };
    });
  },
};

const common = {
  bundle: true,
  platform: "node",
  target: "node20.19",
  format: "esm",
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "none",
  define: { CAIRN_VERSION: JSON.stringify(manifest.version) },
};

if (traced === undefined) {
  await rm("dist/chunks", { recursive: true, force: true });
  await build({
    ...common,
    entryPoints: { cairn: "src/cli/bin.ts" },
    outdir: "dist",
    chunkNames: "chunks/[name]-[hash]",
    splitting: true,
    external: ["undici", "@alicloud/credentials"],
    plugins: [leanZod],
    banner: { js: banner },
  });
  await chmod("dist/cairn.js", 0o755);
} else {
  await build({
    ...common,
    entryPoints: ["src/cli/bin.ts"],
    outfile: traced,
    plugins: [trace],
    banner: { js: banner + traceBanner },
  });
}
