import { describe, expect, it } from "vitest";
import type { ManifestDocument } from "../../src/core/manifest-document.ts";
import { exportedConfig } from "../../src/manifest/exported-config.ts";
import { manifestFiles } from "../../src/manifest/manifest-files.ts";

function manifest(kind: string, name: string, note = "", provider?: string): ManifestDocument {
  const metadata = { name, ...(provider === undefined ? {} : { provider }) };
  return { apiVersion: "test/v1", kind, metadata, spec: { note } };
}

describe("manifestFiles()", () => {
  it("puts what begins alike into a folder, a file for each kind, and what lives behind an alias below that", () => {
    const files = manifestFiles([
      manifest("NodeLabel", "shops/a"),
      manifest("NodeLabel", "shops/b"),
      manifest("App", "web"),
      manifest("App", "brand-b/web", "", "brand-b"),
    ]);
    expect(files.map(({ path, manifests }) => [path, manifests])).toEqual([
      ["manifests/brand-b/web/app.yaml", 1],
      ["manifests/shops/node-label.yaml", 2],
      ["manifests/web/app.yaml", 1],
    ]);
    expect(files[1]?.text).toContain('spec:\n  note: ""\n---\napiVersion: test/v1\n');
  });

  it("makes no two paths that differ by the case of letters alone", () => {
    const files = manifestFiles([manifest("App", "Web"), manifest("App", "web")]);
    expect(files.map(({ path, manifests }) => [path, manifests])).toEqual([["manifests/Web/app.yaml", 2]]);
  });

  it("lets no file grow too large to be read", () => {
    const large = "x".repeat(900_000);
    const files = manifestFiles(["1", "2", "3"].map((name) => manifest("App", `web/${name}`, large)));
    expect(files.map(({ path, manifests }) => [path, manifests])).toEqual([
      ["manifests/web/app-2.yaml", 1],
      ["manifests/web/app.yaml", 2],
    ]);
  });
});

describe("exportedConfig()", () => {
  it("keeps to its lines whatever keys the cloud has", () => {
    const text = exportedConfig({
      ...{ project: "p", providers: {}, pace: 1, credentials: [] },
      needed: [
        { source: "var", name: "a.b", address: "App/a", field: "x\nproject: evil\u2028", why: "secret" },
        { source: "env", name: "A", address: "App/a", field: "y", why: "hidden", description: "one\ntwo" },
      ],
    });
    expect(text.split("\n").filter((line) => line.startsWith("project"))).toEqual(["project: p"]);
    expect(text).toContain("#   a.b:  # App/a x project: evil \n");
    expect(text).toContain("#   A: App/a y: one two\n");
    expect(text).not.toContain("pace");
  });
});
