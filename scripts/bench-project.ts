import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The manifest of an application. */
export function app(name: string): string {
  return `apiVersion: retailcloud/v1
kind: App
metadata: { name: ${name} }
spec:
  bizCode: JST
  language: Java
  operatingSystem: Linux
  serviceType: GeneralApplication
  userRoles: [{ roleName: Owner, userId: "1", userType: TAOBAO }]
  description: one of many
`;
}

/** Runs something with a project of these manifests, twenty a file, in a folder that is removed afterwards. */
export function withProject<T>(manifests: readonly string[], run: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "cairn-bench-"));
  try {
    mkdirSync(join(folder, "manifests"));
    writeFileSync(
      join(folder, "cairn.yaml"),
      "project: bench\nmanifests: [manifests/*.yaml]\nproviders:\n  retailcloud: { region: cn-zhangjiakou }\n",
    );
    for (let from = 0; from < manifests.length; from += 20) {
      writeFileSync(join(folder, "manifests", `${from}.yaml`), manifests.slice(from, from + 20).join("---\n"));
    }
    return run(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
