import { expect, test } from "vitest";
import { authorizationIn, sha256, signatureOf } from "./sigv4.ts";

const secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const scope = "20130524/us-east-1/s3/aws4_request";
const common = { host: "examplebucket.s3.amazonaws.com", "x-amz-date": "20130524T000000Z" };

// The examples that Amazon publishes with the description of the algorithm.
test.each([
  {
    method: "GET",
    path: "/test.txt",
    query: "",
    headers: { range: "bytes=0-9", "x-amz-content-sha256": sha256("") },
    signature: "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
  },
  {
    method: "PUT",
    path: "/test%24file.text",
    query: "",
    headers: {
      date: "Fri, 24 May 2013 00:00:00 GMT",
      "x-amz-storage-class": "REDUCED_REDUNDANCY",
      "x-amz-content-sha256": sha256("Welcome to Amazon S3."),
    },
    signature: "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
  },
  {
    method: "GET",
    path: "/",
    query: "max-keys=2&prefix=J",
    headers: { "x-amz-content-sha256": sha256("") },
    signature: "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
  },
])("signatureOf() agrees with the published example $method $path?$query", ({ headers, signature, ...request }) => {
  const all = new Map(Object.entries({ ...common, ...headers }));
  const signed = [...all.keys()].sort();
  expect(signatureOf({ ...request, headers: all }, secret, scope, signed)).toBe(signature);
});

test("authorizationIn() takes the header apart, and nothing that is none", () => {
  const signature = "0".repeat(64);
  const header = `AWS4-HMAC-SHA256 Credential=AKIA/${scope}, SignedHeaders=host;x-amz-date, Signature=${signature}`;
  expect(authorizationIn(header)).toEqual({ key: "AKIA", scope, signed: ["host", "x-amz-date"], signature });
  expect(authorizationIn("Basic Y2Fpcm4=")).toBeUndefined();
});
