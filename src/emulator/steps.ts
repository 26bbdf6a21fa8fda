/**
 * The field in which a row keeps what is still to become of it, as `lapse` reads it: at a time in milliseconds on the emulator's
 * clock the row gets some of `fields` anew, or is gone.
 */
export function steps<const Becomes extends object>(fields: Becomes) {
  return {
    type: "List",
    of: {
      type: "Struct",
      fields: {
        at: { type: "Integer", required: true },
        becomes: { type: "Struct", fields },
        gone: { type: "Boolean" },
      },
    },
  } as const;
}
