import { statusRefusal } from "./refusal.ts";
import type { Template } from "./templates.ts";

/** Less than 0 when version `a` is older than `b`, more when newer. Both are numbers with dots. */
export function compareVersions(a: string, b: string): number {
  const theirs = b.split(".").map(Number);
  const steps = a.split(".").map((part, index) => Number(part) - (theirs[index] ?? 0));
  return steps.find((step) => step !== 0) ?? 0;
}

/** The version that is installed when none is asked for. */
export function newest({ versions }: Template): string {
  return versions[versions.length - 1] ?? versions[0];
}

/** The offered versions above this one. */
export function newerThan({ versions }: Template, version: string): readonly string[] {
  return versions.filter((offered) => compareVersions(offered, version) > 0);
}

/**
 * Checks that a version exists. A template offers its latest ones only, so an older one is taken to have existed.
 * @throws Refusal
 */
export function checkVersion(template: Template, version: string): void {
  if (!/^\d+\.\d+\.\d+$/.test(version) || compareVersions(version, newest(template)) > 0) {
    const offered = template.versions.join(", ");
    throw statusRefusal(`addon ${template.name} has no version ${version}; offered are ${offered}`);
  }
}
