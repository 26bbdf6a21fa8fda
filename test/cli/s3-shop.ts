import { createFetch } from "../../src/emulator/fetch.ts";
import { type FakeS3, type FakeS3Options, fakeS3, s3Keys } from "../ledger/fake-s3.ts";
import type { Circumstances, Ran } from "./run-cairn.ts";
import { keys, type Shop, shop } from "./shop.ts";

/** A small project whose ledger lies in a store of its own. */
export type S3Shop = Shop & {
  readonly s3: FakeS3;
  /** What leads to cloud and store. */
  readonly fetch: NonNullable<Circumstances["fetch"]>;
};

/** What the environment says of the store. */
export const s3Env = {
  AWS_ACCESS_KEY_ID: "AKIDCAIRN",
  AWS_SECRET_ACCESS_KEY: s3Keys.AKIDCAIRN,
  AWS_REGION: "eu-central-1",
};

/** The settings of the ledger in `cairn.yaml`. */
export const s3Ledger = 'ledger: { backend: s3, bucket: ledgers, endpoint: "http://store.test:9000" }';

/** A shop with its ledger in a fake store; whatever else is called is the cloud. */
export function s3Shop(options: FakeS3Options = {}, settings = s3Ledger): S3Shop {
  const opened = shop();
  const s3 = fakeS3(options);
  const [cloud, store] = [createFetch(opened.emulator.handle), createFetch(s3.handle)];
  const fetch: S3Shop["fetch"] = (url, request) =>
    new URL(url).host.endsWith("store.test:9000") ? store(url, request) : cloud(url, request);
  opened.edit("cairn.yaml", "pace:", `${settings}\npace:`);
  const run = (words: readonly string[], circumstances: Circumstances = {}): Promise<Ran> =>
    opened.run(words, { fetch, env: { ...keys, ...s3Env }, ...circumstances });
  return { ...opened, s3, fetch, run, cairn: (line, circumstances) => run(line.split(" "), circumstances) };
}
