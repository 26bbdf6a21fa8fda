import { createHash } from "node:crypto";

/** What a token opens: an account's objects, in a project if it was asked for one. */
export type Grant = { readonly account: string; readonly projectId: string | undefined };

/** A token and its life, in milliseconds on the emulator's clock. */
export type Issued = { readonly token: string; readonly issuedAt: number; readonly expiresAt: number };

/** The tokens that IAM handed out. */
export type Tokens = {
  issue(grant: Grant): Issued;
  /** What a token opens, `expired` when it is too old, undefined when nobody handed it out. */
  look(token: string): Grant | "expired" | undefined;
  forget(): void;
};

const LIFE = 24 * 3_600_000;

/** Makes an issuer of tokens that live for 24 hours of `now`; the same sequence of tokens after every `forget`. */
export function createTokens(now: () => number): Tokens {
  const granted = new Map<string, { grant: Grant; expiresAt: number }>();
  return {
    issue: (grant) => {
      const token = `MII${createHash("sha512").update(`token ${granted.size}`).digest("base64url")}`;
      const issuedAt = now();
      granted.set(token, { grant, expiresAt: issuedAt + LIFE });
      return { token, issuedAt, expiresAt: issuedAt + LIFE };
    },
    look: (token) => {
      const found = granted.get(token);
      return found && found.expiresAt <= now() ? "expired" : found?.grant;
    },
    forget: () => granted.clear(),
  };
}
