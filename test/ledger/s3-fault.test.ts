import { describe, expect, it } from "vitest";
import { fault } from "./fake-s3.ts";
import { faultsOf } from "./open-backend.ts";
import { hurriedClock, openS3 } from "./open-s3.ts";

const html = { status: 404, headers: { "content-type": "text/html" }, body: "<html>no such page</html>" };

describe("an answer that is no answer of S3", () => {
  it.each([
    ["a proxy's page instead of an object", html, "gave a bad answer: HTTP 404 without a reason"],
    ["a portal's page without a tag", { ...html, status: 200 }, "gave a bad answer: an object without an ETag"],
  ])("is not taken for an absent object: %s", async (_, answer, message) => {
    const { store, fake } = openS3();
    fake.mishap = () => answer;
    expect(await faultsOf(store.read("k"))).toMatchObject([
      { code: "E_BAD_ANSWER", message: expect.stringContaining(message) },
    ]);
  });

  it("is not taken for an empty list", async () => {
    const { store, fake } = openS3();
    fake.mishap = () => ({ ...html, status: 200 });
    expect(await faultsOf(store.list("k"))).toMatchObject([{ message: expect.stringContaining("no list of objects") }]);
  });

  it("is not taken for a write that was done", async () => {
    const { store, fake } = openS3();
    fake.mishap = ({ method }) => (method === "PUT" ? { ...html, status: 200 } : undefined);
    expect(await faultsOf(store.write("k", "one", undefined))).toMatchObject([
      { message: expect.stringContaining("it says that the object is written, and has another one") },
    ]);
  });

  it("ends a list that never ends", async () => {
    const { store, fake } = openS3();
    const body =
      "<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>n</NextContinuationToken></ListBucketResult>";
    fake.mishap = () => ({ status: 200, headers: {}, body });
    expect(await faultsOf(store.list("k"))).toMatchObject([
      { message: expect.stringContaining("a list of objects that does not end") },
    ]);
  });
});

describe("a refusal", () => {
  it.each([
    [
      { settings: { bucket: "other" } },
      "NoSuchBucket",
      "make the bucket other in eu-central-1, or correct `ledger.bucket`",
    ],
    [
      { settings: { accessKeyId: "AKIDOTHER" } },
      "InvalidAccessKeyId",
      "check the access key: it does not exist at this store",
    ],
    [
      { settings: { secretAccessKey: "other" } },
      "SignatureDoesNotMatch",
      "check the secret access key, and `ledger.region`",
    ],
  ])("names code and cure: %o", async (options, code, help) => {
    const [found, ...more] = await faultsOf(openS3(options).store.read("k"));
    expect(more).toEqual([]);
    expect(found?.cloud).toMatchObject({ action: "GetObject", code, requestId: "4442587FB7D0A2F9" });
    expect(found?.message).toMatch(new RegExp(`^GetObject: store\\.test:9000 answered HTTP 40[34], ${code}$`));
    expect(found?.help).toBe(help);
  });

  it("names the region that a bucket lies in, and follows nothing", async () => {
    const { store, fake } = openS3();
    const headers = { "x-amz-bucket-region": "eu-west-1", location: "http://elsewhere.test/" };
    for (const status of [301, 307]) {
      fake.mishap = () => fault(status, "PermanentRedirect", "Use the right endpoint.", headers);
      const before = fake.seen.length;
      expect(await faultsOf(store.read("k"))).toMatchObject([
        {
          message: "GetObject: the bucket ledgers lies in the region eu-west-1",
          help: "set `ledger.region: eu-west-1` in cairn.yaml",
        },
      ]);
      expect(fake.seen).toHaveLength(before + 1);
    }
    fake.mishap = () => ({ status: 302, headers: { location: "http://elsewhere.test/" }, body: "" });
    expect(await faultsOf(store.read("k"))).toMatchObject([
      { message: expect.stringContaining("a redirect, which cairn does not follow") },
    ]);
  });

  it("names the region where a signature for another one is refused", async () => {
    const { store } = openS3({ settings: { region: "eu-west-3" } });
    expect(await faultsOf(store.read("k"))).toMatchObject([
      { help: "set `ledger.region: eu-central-1` in cairn.yaml" },
    ]);
  });

  it("says by how much the clock is wrong", async () => {
    const clock = hurriedClock();
    const { store } = openS3({ clock: { ...clock, now: () => clock.now() - 3_600_000 }, now: clock.now });
    expect(await faultsOf(store.read("k"))).toMatchObject([
      { help: "set this machine's clock: it is 60 min behind the store's" },
    ]);
  });

  it("of conditions themselves is no failure that passes", async () => {
    const { store, fake } = openS3({ conditions: "not implemented" });
    const [found] = await faultsOf(store.write("k", "one", undefined));
    expect(found).toMatchObject({ cloud: { code: "NotImplemented" }, help: expect.stringContaining("backend: pg") });
    expect(fake.seen).toHaveLength(1);
  });

  it("of other sorts says what a key needs", async () => {
    const { store, fake } = openS3();
    fake.mishap = () => fault(403, "AccountProblem", "There is a problem with your account.");
    expect(await faultsOf(store.read("k"))).toMatchObject([{ help: expect.stringContaining("s3:ListBucket") }]);
  });
});
