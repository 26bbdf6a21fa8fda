import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** The packed package, served as npm expects it, and the executable that it was packed from. */
export type PackageRegistry = { readonly url: string; readonly executable: string; close(): void };

/** What the build reads. */
const sources = ["src", "providers", "scripts", "template", "examples", "node_modules"];
/** What the executable loads from packages of their own, in what pipelines do: calls, and graphs in pages. */
const bundled = ["undici", "@viz-js/viz"];

/**
 * Builds the executable in a folder of its own, packs it, and serves the tarball on loopback under the name `cairnctl`. The
 * packages that it needs come inside, because there is no network.
 */
export async function servePackage(): Promise<PackageRegistry> {
  const stage = mkdtempSync(join(tmpdir(), "cairn-package-"));
  for (const source of sources) symlinkSync(resolve(source), join(stage, source));
  execFileSync(process.execPath, [resolve("scripts/build.mjs")], { cwd: stage });
  rmSync(join(stage, "node_modules"));
  mkdirSync(join(stage, "node_modules"));
  for (const one of bundled)
    cpSync(resolve("node_modules", one), join(stage, "node_modules", one), { recursive: true });
  const { name, version, bin, type, files, dependencies } = JSON.parse(readFileSync("package.json", "utf8"));
  const needed = Object.fromEntries(bundled.map((one) => [one, dependencies[one]]));
  const manifest = { name, version, bin, type, files, dependencies: needed, bundleDependencies: bundled };
  writeFileSync(join(stage, "package.json"), JSON.stringify(manifest));
  const packed = execFileSync("npm", ["pack", "--ignore-scripts", "--json", "--offline"], {
    cwd: stage,
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [{ filename, integrity }] = JSON.parse(packed.toString());
  const tarball = readFileSync(join(stage, filename));
  const server = createServer((request, answer) => {
    if (request.url === "/cairnctl.tgz") return void answer.end(tarball);
    if (request.url !== "/cairnctl") return void answer.writeHead(404).end("{}");
    const dist = { integrity, tarball: `${urlOf(server.address() as AddressInfo)}/cairnctl.tgz` };
    const packument = { name, "dist-tags": { latest: version }, versions: { [version]: { ...manifest, dist } } };
    answer.setHeader("content-type", "application/json").end(JSON.stringify(packument));
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    url: urlOf(server.address() as AddressInfo),
    executable: join(stage, "dist/cairn.js"),
    close: () => {
      server.close();
      rmSync(stage, { recursive: true, force: true });
    },
  };
}

function urlOf({ port }: AddressInfo): string {
  return `http://127.0.0.1:${port}`;
}
