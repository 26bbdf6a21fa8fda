// Writes dist/cairn.js, the one-file executable. Lazy parts stay lazy: a dynamic import inside the bundle runs its
// module only when it is reached, and what is named external is loaded from node_modules only then.
import { chmod, readFile } from "node:fs/promises";
import { build } from "esbuild";

const manifest = JSON.parse(await readFile(new URL("../package.json", import.meta.url), "utf8"));

await build({
  entryPoints: ["src/cli/bin.ts"],
  outfile: "dist/cairn.js",
  bundle: true,
  platform: "node",
  target: "node20.19",
  format: "esm",
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "none",
  external: ["undici", "@alicloud/credentials"],
  define: { "process.env.CAIRN_VERSION": JSON.stringify(manifest.version) },
  // commander is CommonJS and asks for node:events by require, which an ES module does not have.
  banner: {
    js: `#!/usr/bin/env node\nimport{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);`,
  },
});
await chmod("dist/cairn.js", 0o755);
