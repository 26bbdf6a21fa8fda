// Writes dist/cairn.js, the one-file executable. Lazy parts stay lazy: a dynamic import inside the bundle runs its
// module only when it is reached, and what is named external is loaded from node_modules only then.
//
// `--trace FILE` writes a bundle to FILE instead that holds everything and, on exit, prints the names of the modules that
// ran, one a line, to the file that CAIRN_TRACE names: how a test sees what a command loads.
import { chmod, readFile } from "node:fs/promises";
import { build } from "esbuild";

const manifest = JSON.parse(await readFile(new URL("../package.json", import.meta.url), "utf8"));
const tracedFile = process.argv[2] === "--trace" ? process.argv[3] : undefined;

// commander is CommonJS and asks for node:events by require, which an ES module does not have.
const banner = `#!/usr/bin/env node\nimport{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);`;
const traceBanner = `import{writeFileSync as __write}from"node:fs";globalThis.__ran=[];process.on("exit",()=>__write(process.env.CAIRN_TRACE,globalThis.__ran.join("\\n")));`;

/** Makes every module say its name when its body runs. */
const trace = {
  name: "trace",
  setup(bundle) {
    bundle.onLoad({ filter: /\.(ts|js|mjs|cjs)$/, namespace: "file" }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      const name = path.slice(process.cwd().length + 1);
      const loader = path.endsWith(".ts") ? "ts" : "js";
      return { contents: `${source.replace(/^#!.*/, "")}\nglobalThis.__ran.push(${JSON.stringify(name)});`, loader };
    });
  },
};

const outfile = tracedFile ?? "dist/cairn.js";
await build({
  entryPoints: ["src/cli/bin.ts"],
  outfile,
  bundle: true,
  platform: "node",
  target: "node20.19",
  format: "esm",
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "none",
  define: { CAIRN_VERSION: JSON.stringify(manifest.version) },
  external: tracedFile === undefined ? ["undici", "@alicloud/credentials"] : [],
  plugins: tracedFile === undefined ? [] : [trace],
  banner: { js: tracedFile === undefined ? banner : banner + traceBanner },
});
await chmod(outfile, 0o755);
