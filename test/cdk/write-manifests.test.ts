import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { load } from "js-yaml";
import { describe, expect, it, onTestFinished } from "vitest";
import { writeManifests } from "../../src/cdk/write-manifests.ts";
import type { ManifestDocument } from "../../src/core/manifest-document.ts";
import { parseYaml } from "../../src/manifest/parse-yaml.ts";

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "cairn-manifests-"));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return join(made, "generated");
}

function app(name: string, description = "x"): ManifestDocument {
  return { apiVersion: "retailcloud/v1", kind: "App", metadata: { name }, spec: { description } };
}

function filesIn(path: string): readonly string[] {
  return readdirSync(path, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".yaml"))
    .sort();
}

describe("writeManifests()", () => {
  it("writes a file for each, whatever its name, and takes away what it once wrote", () => {
    const into = folder();
    const names = ["a", "a/b", "a.yaml/b", "a/../b", "a.."];
    expect(
      writeManifests(
        into,
        names.map((name) => app(name)),
      ),
    ).toHaveLength(names.length);
    expect(filesIn(into)).toEqual([
      "App/a...yaml",
      "App/a.yaml",
      "App/a.yaml~b.yaml",
      "App/a~..~b.yaml",
      "App/a~b.yaml",
    ]);
    writeFileSync(join(into, "App", "own.yaml"), "mine: true\n");
    writeManifests(into, [app("a")]);
    expect(filesIn(into)).toEqual(["App/a.yaml", "App/own.yaml"]);
  });

  it("keeps every text as it is, for YAML 1.1 and 1.2 alike", () => {
    const into = folder();
    for (const text of [
      "yes",
      "0644",
      "12:30",
      "",
      " a ",
      "a\nb\n",
      "${env.X}",
      "应用 'x' \"y\"",
      "\u0007\u2028",
      "- a: b",
      "#",
    ]) {
      writeManifests(into, [app("a", text)]);
      const written = readFileSync(join(into, "App/a.yaml"), "utf8");
      expect(load(written)).toEqual(app("a", text));
      expect(parseYaml(new TextEncoder().encode(written), "a.yaml")[0]?.value).toEqual(app("a", text));
    }
  });

  it("writes nothing over a file of somebody else's, nor two manifests of one address", () => {
    const into = folder();
    mkdirSync(join(into, "App"), { recursive: true });
    writeFileSync(join(into, "App", "b.yaml"), "mine: true\n");
    const both = [app("a"), app("b"), app("c"), app("c")];
    expect(() => writeManifests(into, both)).toThrow(/two constructs make App\/c[\s\S]*was not written by cairn synth/);
    expect(filesIn(into)).toEqual(["App/b.yaml"]);
  });
});
