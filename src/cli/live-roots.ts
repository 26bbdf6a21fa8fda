import type { Options } from "./options.ts";

/** Scope fields of which no list of a cloud tells the values, and the option that does. */
export const liveRoots: readonly {
  readonly field: string;
  readonly option: string;
  readonly given: (options: Options) => readonly string[];
}[] = [
  { field: "dbInstanceId", option: "--db-instance", given: ({ dbInstances }) => dbInstances },
  { field: "clusterId", option: "--cce-cluster", given: ({ cceClusters }) => cceClusters },
];

/** Reference fields by whose target an export can be narrowed, and the option that does. */
export const liveFilters: typeof liveRoots = [
  { field: "app", option: "--app", given: ({ apps }) => apps },
  { field: "cluster", option: "--cluster", given: ({ clusters }) => clusters },
];
