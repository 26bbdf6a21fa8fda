import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { slowestFiles } from "./test/slowest-files.ts";

const { CAIRN_SEED: seed = "20261121", CAIRN_TESTS: which = "quick" } = process.env;

/** Tests that need a browser or Terraform, build the library, play hostile servers, or sweep long: `npm run test:long`. */
const long = "test/**/*.long.test.ts";

export default defineConfig({
  test: {
    ...(which === "long" ? { include: [long] } : { include: ["test/**/*.test.ts"], exclude: [long] }),
    reporters: ["default", slowestFiles],
    globalSetup: ["test/temporary-files.ts"],
    setupFiles: ["test/seed.ts"],
    // Nothing of cairn's keeps state between runs, and no test replaces a module: so files share what a worker has loaded,
    // which halves the work. By default one core would idle while the other tests; what has an eye on the clock runs alone.
    isolate: false,
    maxWorkers: which === "long" ? 1 : availableParallelism(),
    sequence: { shuffle: true, ...(seed === "random" ? {} : { seed: Number(seed) }) },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    coverage: {
      provider: "v8",
      include: ["src/**/*.ts", "providers/**/*.ts"],
      exclude: ["src/cli/bin.ts"],
      reporter: ["text-summary", "json-summary"],
      thresholds: {
        "src/core/**": { branches: 100, functions: 100, lines: 100, statements: 100 },
        branches: 90,
        functions: 90,
        lines: 90,
        statements: 90,
      },
    },
  },
});
