import { createHash } from "node:crypto";
import type { Key } from "../key.ts";

/** A temporary key, and when it ends, in milliseconds on the emulator's clock. */
export type TemporaryKey = Key & { readonly token: string; readonly account: string; readonly expiresAt: number };

/** The temporary keys that were handed out. */
export type TemporaryKeys = {
  issue(account: string, lifeMs: number): TemporaryKey;
  /** All of them; `isOver` where one has ended. */
  list(): readonly (TemporaryKey & { readonly isOver: boolean })[];
  forget(): void;
};

/** Makes an issuer of keys that live on the time of `now`; the same sequence of keys after every `forget`. */
export function createTemporaryKeys(now: () => number): TemporaryKeys {
  const issued: TemporaryKey[] = [];
  return {
    issue: (account, lifeMs) => {
      const part = (name: string): string =>
        createHash("sha512").update(`${name} ${issued.length}`).digest("base64url").replace(/\W/g, "0");
      const id = part("access").slice(0, 20).toUpperCase();
      const key = { id, secret: part("secret").slice(0, 40), token: part("token"), account };
      const temporary = { ...key, expiresAt: now() + lifeMs };
      issued.push(temporary);
      return temporary;
    },
    list: () => issued.map((key) => ({ ...key, isOver: key.expiresAt <= now() })),
    forget: () => {
      issued.length = 0;
    },
  };
}
