// Run as a process of its own by lost-lock.test.ts: one command line, with a short lease, in the folder it was started in.
import { runCairn } from "./run-cairn.ts";

const ran = await runCairn(process.argv.slice(2), { env: process.env, lease: { ms: 500, beatMs: 50 } });
process.stdout.write(JSON.stringify(ran));
