// Writes the executable: dist/cairn.js, which is small and answers `version` by itself, dist/commands.cjs with everything
// else, dist/cdktf.cjs for `synth`, and beside both, in a `.cache`, the code that V8 makes of them. Lazy parts stay lazy: a
// dynamic import inside the bundle runs its module only when it is reached, and what is named external is loaded from
// node_modules only then.
//
// `--out FOLDER` writes it there instead, with nothing for the library.
//
// `--trace FILE` writes one bundle to FILE instead that holds everything and, on exit, writes the names of the modules that
// ran, one a line, to the file that CAIRN_TRACE names: how a test sees what a command loads.
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { build } from "esbuild";
import { compiledBundle } from "./load-compiled.mjs";

const manifest = JSON.parse(await readFile(new URL("../package.json", import.meta.url), "utf8"));

// Some packages are CommonJS and ask for Node's modules by require, which an ES module does not have.
const banner = `import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);`;
const traceBanner = `globalThis.__outside=__createRequire(${JSON.stringify(resolve("package.json"))});import{writeFileSync as __write}from"node:fs";globalThis.__ran=[];process.on("exit",()=>process.env.CAIRN_TRACE&&__write(process.env.CAIRN_TRACE,globalThis.__ran.join("\\n")));`;

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

/** Puts the compiled bundle in the place of the module that it was made of. */
const compiledCommands = {
  name: "compiled-commands",
  setup(bundle) {
    bundle.onLoad({ filter: /[\\/]src[\\/]cli[\\/]command-run\.ts$/ }, () => ({
      contents: `
        import { join } from "node:path";
        import { compiledBundle } from "../../scripts/load-compiled.mjs";
        export const { runCommandLine } = compiledBundle(join(__dirname, "commands.cjs")).run();
      `,
      loader: "js",
    }));
  },
};

/** The cdktf without its packer of archives, which is most of its modules: no stack of cairn's has files to pack. */
const leanCdktf = {
  name: "lean-cdktf",
  setup(bundle) {
    bundle.onLoad({ filter: /[\\/]archiver[\\/]index\.js$/ }, () => ({
      contents: `module.exports = () => { throw new Error("cairn packs no archives"); };`,
    }));
  },
};

/** Takes the cdktf and its null provider from their own compiled bundle, which is loaded when they are reached. */
const compiledCdktf = {
  name: "compiled-cdktf",
  setup(bundle) {
    bundle.onResolve({ filter: /^(cdktf|@cdktf\/.+)$/ }, () => ({ path: "cdktf", namespace: "compiled" }));
    bundle.onLoad({ filter: /.*/, namespace: "compiled" }, () => ({
      contents: `
        const { compiledBundle } = require("./scripts/load-compiled.mjs");
        module.exports = compiledBundle(require("node:path").join(__dirname, "cdktf.cjs")).run();
      `,
      resolveDir: process.cwd(),
    }));
  },
};

const cdktfNames = `
  export { App, DataResource, LocalBackend, TerraformLocal, TerraformOutput, TerraformStack } from "cdktf";
  export { NullProvider } from "@cdktf/provider-null/lib/provider/index.js";
  export { Resource } from "@cdktf/provider-null/lib/resource/index.js";
`;

/** Puts the files of `template/` in the place of the module that reads them. */
const projectTemplate = {
  name: "project-template",
  setup(bundle) {
    bundle.onLoad({ filter: /[\\/]src[\\/]cli[\\/]project-template\.ts$/ }, async () => {
      const entries = await readdir("template", { recursive: true, withFileTypes: true });
      const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
      const files = paths.sort().map(async (path) => [relative("template", path), await readFile(path, "utf8")]);
      const texts = JSON.stringify(await Promise.all(files));
      return { contents: `export const projectTemplate = () => new Map(${texts});`, loader: "js" };
    });
  },
};

/** Makes every module say its name when its body runs; what is too large to be bundled is loaded from this project. */
const trace = {
  name: "trace",
  setup(bundle) {
    bundle.onResolve({ filter: /^(cdktf|@cdktf\/.+)$/ }, ({ path }) => ({ path, namespace: "outside" }));
    bundle.onLoad({ filter: /.*/, namespace: "outside" }, ({ path }) => {
      const name = JSON.stringify(path);
      return { contents: `globalThis.__ran.push(${name});module.exports=globalThis.__outside(${name});` };
    });
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
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "none",
  define: { CAIRN_VERSION: JSON.stringify(manifest.version) },
};

/** Runs a common command, so that the code which a cold start needs has been compiled, and stores that code. */
async function warmUp(path) {
  await rm(`${path}.cache`, { force: true });
  const { run, cache } = compiledBundle(path);
  const quiet = { write: () => {}, isTTY: false, columns: 80, rows: 24 };
  const code = await run().runCommandLine(["validate", "-C", "examples/storefront"], {
    stdout: quiet,
    stderr: quiet,
    env: {},
    cwd: process.cwd(),
    onSignal: () => () => {},
  });
  if (code !== 0) throw new Error(`the bundle does not validate examples/storefront: exit ${code}`);
  await writeFile(`${path}.cache`, cache());
}

/** Makes a stack of every part that `synth` makes some of, and stores the code that took. */
async function warmUpCdktf(path) {
  await rm(`${path}.cache`, { force: true });
  const { run, cache } = compiledBundle(path);
  const { App, LocalBackend, NullProvider, Resource, TerraformLocal, TerraformOutput, TerraformStack } = run();
  const outdir = await mkdtemp(join(tmpdir(), "cairn-build-"));
  const app = new App({ outdir, skipValidation: true, stackTraces: false });
  const stack = new TerraformStack(app, "warm");
  new LocalBackend(stack, { path: "terraform.tfstate" });
  new NullProvider(stack, "null");
  const provisioners = [{ type: "local-exec", command: "true", workingDir: "${path.module}" }];
  new Resource(stack, "resource", { triggers: { address: "App/warm" }, provisioners }).overrideLogicalId("owner");
  new TerraformLocal(stack, "ledger", "${null}");
  new TerraformOutput(stack, "ids", { value: {} });
  app.synth();
  await rm(outdir, { recursive: true });
  await writeFile(`${path}.cache`, cache());
}

if (process.argv[2] === "--trace") {
  await build({
    ...common,
    format: "esm",
    entryPoints: ["src/cli/bin.ts"],
    outfile: process.argv[3],
    plugins: [trace],
    banner: { js: banner + traceBanner },
  });
} else {
  const folder = process.argv[2] === "--out" ? process.argv[3] : "dist";
  const commands = resolve(folder, "commands.cjs");
  await build({
    ...common,
    format: "cjs",
    entryPoints: ["src/cli/command-run.ts"],
    outfile: commands,
    external: ["undici", "@alicloud/credentials", "@viz-js/viz", "pg"],
    // By require: a script that comes out of its compiled form has no import().
    supported: { "dynamic-import": false },
    plugins: [projectTemplate, leanZod, compiledCdktf],
  });
  const cdktf = resolve(folder, "cdktf.cjs");
  await build({
    ...common,
    format: "cjs",
    stdin: { contents: cdktfNames, resolveDir: process.cwd() },
    outfile: cdktf,
    plugins: [leanCdktf],
  });
  await build({
    ...common,
    format: "cjs",
    entryPoints: { cairn: "src/cli/bin.ts" },
    outdir: folder,
    plugins: [compiledCommands],
  });
  // Node starts CommonJS sooner; the library beside it is made of ES modules.
  await writeFile(join(folder, "package.json"), '{ "type": "commonjs" }\n');
  await chmod(join(folder, "cairn.js"), 0o755);
  if (folder === "dist") {
    await mkdir("dist/lib", { recursive: true });
    await writeFile("dist/lib/package.json", '{ "type": "module" }\n');
  }
  await warmUp(commands);
  await warmUpCdktf(cdktf);
}
