// Writes schemas/ anew from the kinds and the configuration. A test fails when what is there is stale.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { schemaFiles } from "./schema-files.ts";

const folder = fileURLToPath(new URL("../schemas/", import.meta.url));
const files = schemaFiles();
mkdirSync(folder, { recursive: true });
for (const name of readdirSync(folder)) if (!files.has(name)) rmSync(folder + name);
for (const [name, text] of files) writeFileSync(folder + name, text);
