/** An access key that the emulator accepts. Keys of one account share its objects; without an account it is `default`. */
export type Key = { readonly id: string; readonly secret: string; readonly token?: string; readonly account?: string };

/** The account of keys that name none. */
export const DEFAULT_ACCOUNT = "default";

/** What the emulator accepts when it is given no key. */
export const DEFAULT_KEY: Key = { id: "cairn", secret: "cairn-secret" };

/**
 * Reads a key as it is written on a command line: `ID:SECRET[:TOKEN][@ACCOUNT]`. The account begins after the last `@`.
 * @throws Error when the id or the secret is missing, or there are too many parts.
 */
export function parseKey(text: string): Key {
  const at = text.lastIndexOf("@");
  const parts = (at < 0 ? text : text.slice(0, at)).split(":");
  const account = at < 0 ? DEFAULT_ACCOUNT : text.slice(at + 1);
  const [id, secret, token] = parts;
  if (!id || !secret || token === "" || !account || parts.length > 3) {
    throw new Error("key is not readable; write it as ID:SECRET, ID:SECRET:TOKEN, or either with @ACCOUNT behind it");
  }
  return token === undefined ? { id, secret, account } : { id, secret, token, account };
}
