import { z } from "zod";
import { exampled } from "./fields.ts";

/** Who may mount a volume at once. One word, although the API's name for it is a plural. */
export function accessModes() {
  return z.enum(["ReadWriteMany", "ReadWriteOnce"]);
}

/** The word that brings a claim and its volume together. */
export function storageClass() {
  const schema = z.string().regex(/^[a-z][a-z0-9.-]*$/, "must begin with a small letter, then a-z 0-9 . -");
  return exampled(schema, "shared");
}
