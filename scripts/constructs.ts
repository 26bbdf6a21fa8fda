// Writes src/cdk/constructs.ts anew from the kinds. A test fails when what is there is stale.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { constructsFile } from "./constructs-file.ts";

writeFileSync(fileURLToPath(new URL("../src/cdk/constructs.ts", import.meta.url)), constructsFile());
