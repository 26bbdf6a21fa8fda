/** How a volume may be mounted: one of the two, although the name is a plural. */
export const ACCESS_MODES = { type: "String", required: true, enum: ["ReadWriteMany", "ReadWriteOnce"] } as const;

/** A plain number, or one with a suffix of powers of 1000 or, with an i, of 1024. */
export const CAPACITY = {
  type: "String",
  required: true,
  pattern: "^[0-9]+(E|P|T|G|M|K|Ei|Pi|Ti|Gi|Mi|Ki)?$",
} as const;

/** The name that brings a claim and its volume together. */
export const STORAGE_CLASS = { type: "String", required: true, pattern: "^[a-z][a-z0-9.-]*$" } as const;
