// Runs scripts of package.json at once, which a machine of two cores is done with sooner: `node at-once.mjs lint types`. What
// each of them says is printed when it ends, and one that fails makes this fail.
import { spawn } from "node:child_process";

function run(name) {
  return new Promise((resolve, reject) => {
    const child = spawn("npm", ["run", "--silent", name], {
      stdio: ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32",
    });
    const said = [];
    child.stdout.on("data", (chunk) => said.push(chunk));
    child.stderr.on("data", (chunk) => said.push(chunk));
    child.on("error", reject);
    child.on("close", (code) => {
      process.stdout.write(`${name}: ${code === 0 ? "good" : "not good"}\n${Buffer.concat(said)}`);
      resolve(code);
    });
  });
}

const codes = await Promise.all(process.argv.slice(2).map(run));
if (codes.some((code) => code !== 0)) process.exitCode = 1;
