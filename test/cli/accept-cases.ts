/** A small shop in every style that YAML knows: what drift is written back into. */
export const manifest = `# The shop, as git has it. 中文 😀
apiVersion: retailcloud/v1
kind: App
metadata: { name: web }
spec:
  bizCode: JST # never changes
  language: Java
  operatingSystem: Linux
  serviceType: GeneralApplication
  description: first   # what it is
  bizTitle: 'the shop'
  userRoles:
    # who owns it
    - { roleName: Owner, userId: "1", userType: TAOBAO } # the boss
    - roleName: Dev # builds it
      userId: "2"
      userType: TAOBAO
    # nobody else
---
apiVersion: retailcloud/v1
kind: DeployConfig
metadata: { name: web/online }
spec:
  app: web
  envType: online
  codePath: "/srv/app"
  deployment:
    apiVersion: apps/v1
    kind: Deployment
    metadata: { name: web, labels: {team: web} }
    spec:
      replicas: 2
      template:
        spec:
          containers:
            - name: web
              image: "images.example.com/web:1.0" # released on Monday
              args: [ --port, "8080", --verbose ]
              command:
                - /bin/run
                # twice
                - twice
              env:
                - name: MODE
                  value: plain
                # quoted, or the cluster reads a number
                - { name: WORKERS, value: "4" }
                - {name: API_TOKEN, value: "\${env.API_TOKEN}"}
              resources:
                limits: { cpu: "1", memory: 1024Mi }
  configMaps:
    - apiVersion: v1
      kind: ConfigMap
      metadata: { name: settings }
      data:
        app.properties: |   # read at start
          mode=plain
            indented=yes

          size=$\${SIZE}
        about: >-
          A text that is
          folded here.
        last: "end"
---
apiVersion: retailcloud/v1
kind: Environment
metadata: { name: web/prod }
spec: { app: web, deployConfig: web/online, envType: online, region: cn-zhangjiakou, replicas: { min: 1, max: 3 } }
---
apiVersion: retailcloud/v1
kind: Service
metadata: { name: web/prod/http }
spec:
  environment: web/prod
  serviceType: ClusterIP
  k8sServiceId: web-http
  portMappings:
    - name: http
      protocol: TCP
      port: 80
      targetPort: 8080
    - { name: admin, protocol: TCP, port: 81, targetPort: "admin" }
`;

/** One way in which a cloud drifts: what somebody else declared and applied there, and the manifest after accept. */
export type AcceptCase = {
  readonly name: string;
  readonly cloud: (text: string) => string;
  /** Left out: the text of the cloud's side is what the manifest becomes. */
  readonly git?: (text: string) => string;
};

/** Replaces text that has to be there. */
export function to(from: string, into: string): (text: string) => string {
  return (text) => {
    if (!text.includes(from)) throw new Error(`there is no ${from}`);
    return text.replace(from, () => into);
  };
}

function all(...edits: readonly ((text: string) => string)[]): (text: string) => string {
  return (text) => edits.reduce((rest, edit) => edit(rest), text);
}

/** A new config map, its keys in the order in which the cluster's own tools print them. */
function newMap(metadata: string): string {
  const data = '      data:\n        hours: "12:30"\n        text: |\n          one\n          two\n';
  return `    - apiVersion: v1\n${data}      kind: ConfigMap\n      metadata:\n${metadata}`;
}

/** The cases in which all that drifted can be written. */
export const acceptCases: readonly AcceptCase[] = [
  { name: "a plain text keeps its comment", cloud: to("description: first   #", "description: second one   #") },
  { name: "a text that needs quotes gets them", cloud: to("description: first", 'description: "yes"') },
  {
    name: "a text that YAML 1.1 reads as minutes gets quotes",
    cloud: to("description: first", 'description: "12:30"'),
  },
  { name: "a text with a comment sign gets quotes", cloud: to("description: first", 'description: "a # b"') },
  {
    name: "a text over several lines stands in one before a comment",
    cloud: to("description: first", 'description: "one\\ntwo"'),
  },
  {
    name: "what looks like an interpolation is escaped",
    cloud: to("description: first", 'description: "$${var.x} and ${x}"'),
    git: to("description: first", "description: $${var.x} and ${x}"),
  },
  { name: "single quotes stay single", cloud: to("'the shop'", "'the shop''s \"best\"'") },
  { name: "double quotes stay double", cloud: to('"/srv/app"', '"/srv/web"') },
  { name: "a field that the cloud has no more goes with its line", cloud: to("  bizTitle: 'the shop'\n", "") },
  { name: "an optional field with a comment goes", cloud: to('  codePath: "/srv/app"\n', "") },
  {
    name: "a list's element in brackets changes where it stands",
    cloud: to('userId: "1", userType: TAOBAO', 'userId: "7", userType: TAOBAO'),
    git: all(
      to('    - { roleName: Owner, userId: "1", userType: TAOBAO } # the boss\n', ""),
      to(
        '      userId: "2"\n      userType: TAOBAO\n',
        '      userId: "2"\n      userType: TAOBAO\n    - roleName: Owner\n      userId: "7"\n      userType: TAOBAO\n',
      ),
    ),
  },
  {
    name: "a list's element goes, and comments on lines of their own stay",
    cloud: to('    - roleName: Dev # builds it\n      userId: "2"\n      userType: TAOBAO\n', ""),
  },
  {
    name: "a new element comes last, before the comments that end the list",
    cloud: to("    # nobody else", '    - roleName: PE\n      userId: "3"\n      userType: TAOBAO\n    # nobody else'),
  },
  { name: "a number outside a range takes its place", cloud: to("replicas: { min: 1, max: 3 }", "replicas: 9") },
  { name: "a leaf deep in a Kubernetes object changes alone", cloud: to('web:1.0"', 'web:1.1"') },
  { name: "a number in a Kubernetes object", cloud: to("replicas: 2\n", "replicas: 5\n") },
  { name: "a quoted number in brackets stays a text", cloud: to('value: "4"', 'value: "16"') },
  {
    name: "an equal quantity stays as written beside one that changed",
    cloud: to('cpu: "1", memory', 'cpu: "2", memory'),
  },
  { name: "an argument between others goes", cloud: to('--port, "8080", --verbose', "--port, --verbose") },
  { name: "an argument comes in", cloud: to('"8080", --verbose', '"8080", --fast, --verbose') },
  { name: "a line of a block list changes beside its comment", cloud: to("- twice", "- thrice") },
  {
    name: "one line of a block text changes, and the others stay byte for byte",
    cloud: to("mode=plain\n", "mode=fast\n"),
  },
  { name: "a block text grows", cloud: to("          size=", "          more=1\n          size=") },
  {
    name: "a folded text stays folded",
    cloud: to("folded here.", "folded here, too."),
    git: to("          folded here.", "          folded here,\n          too."),
  },
  {
    name: "a new config map comes last, with what the cluster added to it",
    cloud: to('        last: "end"\n', `        last: "end"\n${newMap("        name: more\n")}`),
    git: to(
      '        last: "end"\n',
      `        last: "end"\n${newMap('        labels:\n          retailcloud.emulator/app: "1001"\n        name: more\n        namespace: default\n')}`,
    ),
  },
  { name: "a key of a config map goes", cloud: to('        last: "end"\n', "") },
  { name: "a label in brackets changes", cloud: to("{team: web}", "{team: core}") },
  { name: "a port that is a number stays one", cloud: to("targetPort: 8080", "targetPort: 9090") },
  { name: "a port that becomes a name", cloud: to("targetPort: 8080", "targetPort: http") },
  { name: "a mapping in brackets", cloud: to("port: 81", "port: 82") },
  {
    name: "a name that was the default is written out",
    cloud: to("  environment: web/prod\n", "  environment: web/prod\n  name: front\n"),
    git: to('targetPort: "admin" }\n', 'targetPort: "admin" }\n  name: front\n'),
  },
  {
    name: "several resources at once",
    cloud: all(
      to("description: first", "description: second"),
      to('web:1.0"', 'web:2.0"'),
      to("port: 80\n", "port: 8000\n"),
    ),
  },
];
