import { createHash } from "node:crypto";
import type { AccountStore } from "../sections.ts";

/** Where new ids come from. */
export type Ids = {
  /** 32 hexadecimal digits that no object of the store has. */
  next(store: AccountStore): string;
};

/** Makes ids from the emulator's own decimal ones, so that a reset brings back the same sequence. */
export function createIds(nextDecimal: () => string): Ids {
  const draw = () => digest(`object ${nextDecimal()}`).slice(0, 32);
  return {
    next: (store) => {
      let id = draw();
      while (store.find("ApigInstance", id) || store.find("AddonInstance", uuid(id))) id = draw();
      return id;
    },
  };
}

/** An id with the dashes of a UUID, as add-ons have it. */
export function uuid(id: string): string {
  return [id.slice(0, 8), id.slice(8, 12), id.slice(12, 16), id.slice(16, 20), id.slice(20, 32)].join("-");
}

/** An address of a block kept for documents, always the same for the same text. */
export function addressOf(block: "192.0.2" | "198.51.100" | "203.0.113", text: string): string {
  return `${block}.${(Number.parseInt(digest(text).slice(0, 4), 16) % 254) + 1}`;
}

/** 64 hexadecimal digits that depend on nothing but the text. */
function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
