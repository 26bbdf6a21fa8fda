import { expect, test } from "vitest";
import { filesOnDisk } from "../../src/manifest/files.ts";
import { readText, readWhole } from "../../src/manifest/read-text.ts";

test("what cannot be read says what it is", () => {
  const reason = '"null" cannot be read (it is no plain file); check what it is and its permissions';
  expect(readWhole(filesOnDisk("/dev"), "null")).toEqual({ reason });
  expect(readText(filesOnDisk("/dev"), "null")).toEqual({ reason });
});
