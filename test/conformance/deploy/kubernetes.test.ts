/** The manifests of Kubernetes fit the API's types, run the service without rights, and give it the time that it needs to stop. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import type { Deployment } from "kubernetes-types/apps/v1.js";
import type { NetworkPolicy } from "kubernetes-types/networking/v1.js";
import { describe, expect, it } from "vitest";
import { readConfig } from "../../../src/config/config.js";
import { documentsIn, root, settingsIn, yamlOf } from "../../../scripts/deploy/files.js";
import { unknownSettings } from "./setting-names.js";

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

const folder = "deploy/kubernetes";
const files = readdirSync(join(root, folder)).filter((name) => name.endsWith(".yaml") && name !== "kustomization.yaml");
const manifests = files.flatMap((name) => documentsIn(join(folder, name)) as readonly Manifest[]);
const kustomization = yamlOf(join(folder, "kustomization.yaml")) as { readonly resources: readonly string[] };

function find(kind: string): Manifest {
  const found = manifests.find((manifest) => manifest.kind === kind);
  if (found === undefined) throw new Error(`There is no ${kind}.`);
  return found;
}

const deployment = find("Deployment") as Deployment;
const pod = deployment.spec?.template.spec;
const container = pod?.containers[0];

/** Where kubernetes-types, made from the API's OpenAPI document, has the types of a version of the API. */
function moduleOf(apiVersion: string): string {
  const [group = "", version] = apiVersion.includes("/") ? apiVersion.split("/") : ["core", apiVersion];
  return `kubernetes-types/${group.replace(".k8s.io", "")}/${String(version)}.js`;
}

/** What TypeScript says of each object literal: a field that the API does not have is an error. */
function mistakesIn(literals: readonly (readonly [Manifest, string])[]): readonly (readonly string[])[] {
  const texts = new Map(
    literals.map(([{ kind, apiVersion }, literal], n) => {
      const text = `import type { ${kind} } from "${moduleOf(apiVersion)}";\nexport const manifest: ${kind} = ${literal};\n`;
      return [join(root, `test/manifest-${String(n)}.ts`), text];
    }),
  );
  const options: ts.CompilerOptions = { strict: true, noEmit: true, types: [], module: ts.ModuleKind.NodeNext };
  const host = ts.createCompilerHost(options);
  const onDisk = ts.createCompilerHost(options);
  host.fileExists = (path) => texts.has(path) || onDisk.fileExists(path);
  host.getSourceFile = (path, version) => {
    const text = texts.get(path);
    return text === undefined ? onDisk.getSourceFile(path, version) : ts.createSourceFile(path, text, version);
  };
  const program = ts.createProgram([...texts.keys()], options, host);
  return [...texts.keys()].map((path) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(path))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n")),
  );
}

describe("manifests", () => {
  it("have only what the API has, and a wrong field or type is found, however deep", () => {
    expect(manifests.length).toBe(7);
    const text = JSON.stringify(deployment);
    const [ofWrongField, ofWrongType, ...mistakes] = mistakesIn([
      [find("Deployment"), text.replace('"readOnlyRootFilesystem"', '"readOnlyRootFileSystem"')],
      [find("Deployment"), text.replace('"periodSeconds":10', '"periodSeconds":"10"')],
      ...manifests.map((manifest) => [manifest, JSON.stringify(manifest)] as const),
    ]);
    expect(mistakes.flat()).toEqual([]);
    expect(ofWrongField).toEqual([expect.stringContaining("readOnlyRootFileSystem")]);
    expect(ofWrongType).toEqual([expect.stringContaining("not assignable to type 'number'")]);
  });

  it("are all listed", () => {
    expect([...kustomization.resources].sort()).toEqual([...files].sort());
  });
});

describe("the deployment", () => {
  it("runs the service without rights, as the level `restricted` of Pod Security asks", () => {
    expect(pod?.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } });
    expect(container?.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    });
    expect(pod).toMatchObject({ automountServiceAccountToken: false, enableServiceLinks: false });
    expect([pod?.hostNetwork, pod?.hostPID, pod?.hostIPC]).toEqual([undefined, undefined, undefined]);
  });

  it("waits for preStop, STOP_DRAIN_MS, STOP_GRACE_MS, and the end of a purchase that began last", () => {
    const { stopDrainMs, stopGraceMs, purchaseTimeoutMs, settleDelaysMs } = readConfig({});
    const preStop = container?.lifecycle?.preStop as { readonly sleep: { readonly seconds: number } };
    const purchase = purchaseTimeoutMs + Math.max(...settleDelaysMs);
    expect(pod?.terminationGracePeriodSeconds).toBeGreaterThan(
      preStop.sleep.seconds + stopDrainMs / 1000 + Math.max(stopGraceMs, purchase) / 1000,
    );
  });

  it("asks /health whether to restart, and /ready whether to send requests", () => {
    expect(container?.livenessProbe?.httpGet?.path).toBe("/health");
    expect(container?.startupProbe?.httpGet?.path).toBe("/health");
    expect(container?.readinessProbe?.httpGet?.path).toBe("/ready");
  });

  it("has only settings that exist, and secrets as files", () => {
    const settings = settingsIn(join(folder, "settings.env"));
    expect(unknownSettings(Object.keys(settings))).toEqual([]);
    const mount = container?.volumeMounts?.find(({ name }) => name === "secrets")?.mountPath;
    const secrets = Object.entries(settings).filter(([name]) => /SECRET|KEY|_URL/.test(name) && !name.startsWith("OTEL_"));
    expect(secrets.length).toBeGreaterThan(5);
    for (const [name, value] of secrets)
      expect([name, value]).toEqual([expect.stringMatching(/_FILE$/), expect.stringContaining(`${String(mount)}/`)]);
  });
});

it("selectors mean the deployment's own pods", () => {
  const labels = deployment.spec?.template.metadata?.labels;
  const selecting = manifests.filter(({ kind }) => ["Service", "PodDisruptionBudget", "NetworkPolicy", "Deployment"].includes(kind));
  const selectors = selecting.map((manifest) => {
    const { selector, podSelector } = (manifest as unknown as { spec: { selector?: object; podSelector?: object } }).spec;
    const chosen = selector ?? podSelector ?? {};
    return "matchLabels" in chosen ? chosen.matchLabels : chosen;
  });
  expect(selectors).toEqual([labels, labels, labels, labels]);
});

it("the network policy lets out nothing but DNS, 7digital, PostgreSQL, Redis and the collector", () => {
  const { spec } = find("NetworkPolicy") as NetworkPolicy;
  expect(spec?.policyTypes).toEqual(["Ingress", "Egress"]);
  const ports = (spec?.egress ?? []).map((rule) => (rule.ports ?? []).map(({ port }) => port));
  expect(ports).toEqual([[53, 53], [443], [5432], [6379], [4318]]);
  // A rule without `to` would allow every address, and one without a pod every pod of a namespace.
  const open = (spec?.egress ?? []).flatMap(({ to = [{}] }) =>
    to.filter((peer) => peer.ipBlock === undefined && peer.podSelector === undefined),
  );
  expect(open).toEqual([]);
  // The addresses of the cloud's own metadata, and of private networks.
  expect(spec?.egress?.[1]?.to?.[0]?.ipBlock?.except).toEqual(expect.arrayContaining(["169.254.0.0/16", "10.0.0.0/8"]));
});
