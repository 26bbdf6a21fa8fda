import type { Clock, Fetch } from "../../src/core/provider.ts";
import { createFetch } from "../../src/emulator/fetch.ts";
import type { ConditionalStore } from "../../src/ledger/conditional-store.ts";
import type { S3Settings } from "../../src/ledger/s3-settings.ts";
import { s3Store } from "../../src/ledger/s3-store.ts";
import { type FakeS3, type FakeS3Options, fakeS3, s3Keys } from "./fake-s3.ts";

/** What leads to a fake store as it is by default. */
export const s3Settings: S3Settings = {
  bucket: "ledgers",
  region: "eu-central-1",
  endpoint: "http://store.test:9000",
  accessKeyId: "AKIDCAIRN",
  secretAccessKey: s3Keys.AKIDCAIRN,
};

/** The real time, with waits that take none and are noted. */
export function hurriedClock(waits: number[] = []): Clock {
  let ahead = 0;
  return {
    now: () => Date.now() + ahead,
    sleep: async (ms) => {
      waits.push(ms);
      ahead += ms;
    },
  };
}

/** A store over a fake, in this process. */
export function openS3(
  options: FakeS3Options & {
    readonly settings?: Partial<S3Settings>;
    readonly clock?: Clock;
    readonly fetch?: Fetch;
  } = {},
): { readonly fake: FakeS3; readonly store: ConditionalStore } {
  const { settings, clock = hurriedClock(), fetch, ...rest } = options;
  const fake = fakeS3({ now: clock.now, ...rest });
  const world = { fetch: fetch ?? createFetch(fake.handle), clock, random: () => 0.5, close: async () => undefined };
  return { fake, store: s3Store({ ...s3Settings, ...settings }, world) };
}
