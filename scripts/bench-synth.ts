// Measures `cairn synth` of a thousand manifests as a whole process, and fails where it takes longer than its limit. The
// fastest of some runs counts: whatever else the machine does can only make a run slower.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { app, withProject } from "./bench-project.ts";

const rounds = 7;
const manifests = 1000;
const limit = 2000;
const executable = fileURLToPath(new URL("../dist/cairn.js", import.meta.url));

const projects: Readonly<Record<string, readonly string[]>> = {
  Apps: Array.from({ length: manifests }, (_, index) => app(`app-${index}`)),
  "Apps with all that runs them": Array.from({ length: manifests / 4 }, (_, index) => service(`app-${index}`)).flat(),
};

/** An application with its configuration, an environment and a service. */
function service(name: string): readonly string[] {
  return [
    app(name),
    `apiVersion: retailcloud/v1
kind: DeployConfig
metadata: { name: ${name}/online }
spec:
  app: ${name}
  envType: online
  deployment:
    apiVersion: apps/v1
    kind: Deployment
    metadata: { name: ${name} }
    spec:
      selector: { matchLabels: { app: ${name} } }
      template:
        metadata: { labels: { app: ${name} } }
        spec:
          containers:
            - name: main
              image: registry.example.com/${name}:1
              env: [{ name: DB_PASSWORD, value: "\${env.PASSWORD}" }, { name: MODE, value: fast }]
`,
    `apiVersion: retailcloud/v1
kind: Environment
metadata: { name: ${name}/prod }
spec: { app: ${name}, deployConfig: ${name}/online, envType: online, region: cn-zhangjiakou, replicas: 2 }
`,
    `apiVersion: retailcloud/v1
kind: Service
metadata: { name: ${name}/prod/web }
spec:
  environment: ${name}/prod
  k8sServiceId: web
  serviceType: ClusterIP
  portMappings: [{ name: http, protocol: TCP, port: 80, targetPort: 8080 }]
`,
  ];
}

/** Milliseconds from spawn to exit. */
function time(cwd: string): number {
  const began = performance.now();
  const env = { ...process.env, PASSWORD: "not for anybody" };
  const { status, stderr } = spawnSync(process.execPath, [executable, "synth"], { cwd, env, encoding: "utf8" });
  if (status !== 0) throw new Error(`cairn synth ended with ${status}: ${stderr}`);
  return performance.now() - began;
}

for (const [name, written] of Object.entries(projects)) {
  const times = withProject(written, (folder) => Array.from({ length: rounds }, () => time(folder)));
  const fastest = Math.min(...times);
  const fits = fastest <= limit;
  console.log(
    `cairn synth, ${manifests} manifests, ${name}: ${fastest.toFixed(0)} ms (slowest ${Math.max(...times).toFixed(0)}), limit ${limit}: ${fits ? "kept" : "BROKEN"}`,
  );
  if (!fits) process.exitCode = 1;
}
