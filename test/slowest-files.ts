import type { Reporter, TestModule } from "vitest/node";

/** Tells after a run which files took longest, so that one that grows is seen before the whole suite is slow. */
export const slowestFiles: Reporter = {
  onTestRunEnd(modules) {
    const times = modules.map((one) => ({ name: one.relativeModuleId, ms: timeOf(one) })).sort((a, b) => b.ms - a.ms);
    if (times.length < 20) return;
    const lines = times.slice(0, 8).map(({ name, ms }) => `  ${(ms / 1000).toFixed(1).padStart(5)} s  ${name}`);
    process.stdout.write(`\nThe slowest of ${times.length} files:\n${lines.join("\n")}\n`);
  },
};

function timeOf(module: TestModule): number {
  const { setupDuration, collectDuration, duration } = module.diagnostic();
  return setupDuration + collectDuration + duration;
}
