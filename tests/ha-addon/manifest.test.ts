import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { parse } from "yaml";
import { parseArguments } from "../../src/cli/arguments.ts";
import { loadConfig } from "../../src/config/load.ts";
import { apiPort, webPort } from "../../src/config/options/server.ts";
import { languages } from "../../src/shared/language.ts";
import { manifestFiles } from "../support/write-manifest.ts";
import { faultsOf, isExcluded, type Repository, ratingOf } from "./supervisor-rules.ts";

const root = join(import.meta.dirname, "..", "..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");
const isAbsent = (path: string): boolean => !existsSync(join(root, path));

type Tree = Record<string, unknown>;
const isTree = (value: unknown): value is Tree => typeof value === "object" && value !== null;
const treeOf = (value: unknown, ...path: readonly string[]): Tree => {
  let tree = value;
  for (const key of path) tree = isTree(tree) ? tree[key] : undefined;
  assert.ok(isTree(tree), `nothing at ${path.join(".")}`);
  return tree;
};
const versionIn = (path: string): string => String(treeOf(JSON.parse(read(path))).version);

/** What git would hand to the Supervisor: committed files, and those about to be. */
function pathsOfRepository(): readonly string[] {
  const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { cwd: root });
  return listed.toString("utf8").trimEnd().split("\n");
}

const repository: Repository = {
  manifest: JSON.parse(read("config.json")),
  paths: pathsOfRepository(),
  translations: Object.fromEntries(
    languages.map((language) => [language, parse(read(`translations/${language}.yaml`))]),
  ),
  apparmor: isAbsent("apparmor.txt") ? null : read("apparmor.txt"),
  versions: {
    packageFile: versionIn("package.json"),
    lockFile: versionIn("package-lock.json"),
    changelog: /^## (\S+)/m.exec(read("CHANGELOG.md"))?.[1] ?? "none",
    image: /^ARG BUILD_VERSION=(\S+)/m.exec(read("Dockerfile"))?.[1] ?? "none",
  },
};
const manifest = treeOf(repository.manifest);

for (const [path, text] of manifestFiles())
  test(`${path} is what the code writes (npm run docs writes it)`, () => assert.equal(read(path), text));

test("the Supervisor takes the repository as it is", () => assert.deepEqual(faultsOf(repository), []));

test("the security rating is the highest there is", () => {
  assert.equal(ratingOf(manifest, { hasProfile: repository.apparmor !== null }), 8); // 5 + 2 ingress + 1 profile
});

const ratings: readonly (readonly [what: string, change: Tree, hasProfile: boolean, rating: number])[] = [
  ["without a profile", {}, false, 7], // 5 + 2
  ["with AppArmor off", { apparmor: false }, true, 6], // 5 + 2 - 1
  ["without ingress", { ingress: false }, true, 6], // 5 + 1
  ["on the host's network", { host_network: true }, true, 7], // 5 + 2 + 1 - 1
  ["with a privilege", { privileged: ["NET_ADMIN"] }, true, 7], // 5 + 2 + 1 - 1
  ["as an administrator", { hassio_role: "admin" }, true, 6], // 5 + 2 + 1 - 2
  ["with Docker's own interface", { docker_api: true }, true, 1],
];
for (const [what, change, hasProfile, rating] of ratings)
  test(`${what} the rating would be ${rating}`, () =>
    assert.equal(ratingOf({ ...manifest, ...change }, { hasProfile }), rating));

/** A repository with one fault in it, and what has to be said of it. */
type Mutation = readonly [what: string, put: (copy: Mutable) => void, said: RegExp];
interface Mutable {
  manifest: Tree;
  paths: string[];
  translations: Tree;
  apparmor: string | null;
  versions: Record<string, string>;
}

const mutations: readonly Mutation[] = [
  ["a name that is missing", ({ manifest }) => delete manifest.name, /^name: is missing/],
  ["a slug with a space", ({ manifest }) => Object.assign(manifest, { slug: "linky bridge" }), /^slug: /],
  ["an architecture nobody builds any more", ({ manifest }) => Object.assign(manifest, { arch: ["armv7"] }), /^arch: /],
  ["a version of its own", ({ manifest }) => Object.assign(manifest, { version: "9.9.9" }), /^version: packageFile/],
  ["an older changelog", ({ versions }) => Object.assign(versions, { changelog: "0.0.9" }), /^version: changelog/],
  ["an older image", ({ versions }) => Object.assign(versions, { image: "0.0.9" }), /^version: image/],
  ["a misspelled key", ({ manifest }) => Object.assign(manifest, { ingres: true }), /^ingres: is not taken/],
  ["a privilege", ({ manifest }) => Object.assign(manifest, { full_access: true }), /^full_access: is not taken/],
  ["a stage that is gone", ({ manifest }) => Object.assign(manifest, { stage: "advanced" }), /^stage: /],
  ["a service that is none", ({ manifest }) => Object.assign(manifest, { services: ["mqtt"] }), /^services: /],
  [
    "a version of Home Assistant that is a wish",
    ({ manifest }) => Object.assign(manifest, { homeassistant: "latest" }),
    /^homeassistant: /,
  ],
  ["a stop without time", ({ manifest }) => Object.assign(manifest, { timeout: 5 }), /^timeout: /],
  [
    "a watchdog without host",
    ({ manifest }) => Object.assign(manifest, { watchdog: "http://localhost:8181/" }),
    /^watchdog: /,
  ],
  [
    "a watchdog on another's port",
    ({ manifest }) => Object.assign(manifest, { watchdog: "http://[HOST]:[PORT:80]/" }),
    /^watchdog: its port/,
  ],
  [
    "ingress on another's port",
    ({ manifest }) => Object.assign(manifest, { ingress_port: 8099 }),
    /^ingress_port: is none/,
  ],
  [
    "a port that is a name",
    ({ manifest }) => Object.assign(treeOf(manifest, "ports"), { "http/tcp": null }),
    /^ports: http/,
  ],
  ["an icon that is a picture", ({ manifest }) => Object.assign(manifest, { panel_icon: "icon.png" }), /^panel_icon: /],
  [
    "a dump that is never made",
    ({ manifest }) => Object.assign(manifest, { backup: "cold" }),
    /^backup_pre: is ignored/,
  ],
  [
    "a type nobody knows",
    ({ manifest }) => Object.assign(treeOf(manifest, "schema"), { language: "text?" }),
    /^schema: language has the unknown type/,
  ],
  [
    "a pattern that is none",
    ({ manifest }) => Object.assign(treeOf(manifest, "schema"), { language: "match(()?" }),
    /^schema: language has a pattern/,
  ],
  [
    "an option that blocks the start",
    ({ manifest }) => Object.assign(treeOf(manifest, "schema"), { usage_points: "str" }),
    /^schema: usage_points blocks/,
  ],
  [
    "a default of nothing",
    ({ manifest }) => Object.assign(treeOf(manifest, "options"), { client_id: null }),
    /^schema: client_id blocks/,
  ],
  [
    "a list of objects without a default",
    ({ manifest }) => delete treeOf(manifest, "options").tariff_plans,
    /^schema: tariff_plans blocks/,
  ],
  [
    "a third level",
    ({ manifest }) => Object.assign(treeOf(manifest, "schema", "tariff_plans", "0"), { prices: [{ hp: "str?" }] }),
    /^schema: tariff_plans\.prices/,
  ],
  [
    "a default of no option",
    ({ manifest }) => Object.assign(treeOf(manifest, "options"), { extra: "" }),
    /^options: extra/,
  ],
  [
    "an option without words",
    ({ translations }) => delete treeOf(translations, "fr", "configuration").language,
    /^translations\/fr: lacks language/,
  ],
  [
    "words for a former option",
    ({ translations }) =>
      Object.assign(treeOf(translations, "en", "configuration"), { old: { name: "x", description: "y" } }),
    /^translations\/en: old is too much/,
  ],
  [
    "a part without words",
    ({ translations }) => delete treeOf(translations, "fr", "configuration", "tariff_plans", "fields").sale,
    /^translations\/fr tariff_plans: lacks sale/,
  ],
  [
    "a port without words",
    ({ translations }) => delete treeOf(translations, "en", "network")["8181/tcp"],
    /^translations\/en: lacks 8181/,
  ],
  [
    "a name that is empty",
    ({ translations }) => Object.assign(treeOf(translations, "en", "configuration", "language"), { name: "" }),
    /^translations\/en: language has no words/,
  ],
  [
    "a second manifest",
    ({ paths }) => paths.push("tests/fixtures/config.yaml"),
    /^manifest: tests\/fixtures\/config\.yaml/,
  ],
  [
    "a schema that is taken for one",
    ({ paths }) => paths.push("docs/config.schema.json"),
    /^manifest: docs\/config\.schema\.json/,
  ],
  [
    "a folder to write to",
    ({ manifest }) => Object.assign(manifest, { map: [{ type: "share", read_only: false }] }),
    /^map: /,
  ],
  [
    "a folder that older Supervisors do not know",
    ({ manifest }) => Object.assign(manifest, { map: [{ type: "app_config", read_only: true }] }),
    /^map: /,
  ],
  ["no profile", (copy) => Object.assign(copy, { apparmor: null }), /^apparmor: has no profile/],
  [
    "two profiles",
    (copy) => Object.assign(copy, { apparmor: `${copy.apparmor}\nprofile two {\n}\n` }),
    /^apparmor: 2 profiles/,
  ],
];

describe("a fault in the repository is found:", () => {
  for (const [what, put, said] of mutations)
    test(what, () => {
      const copy: Mutable = structuredClone({
        ...repository,
        manifest,
        translations: treeOf(repository.translations),
      }) as Mutable;
      put(copy);
      const faults = faultsOf(copy);
      assert.ok(
        faults.some((fault) => said.test(fault)),
        JSON.stringify(faults),
      );
    });
});

test("files that are none of the Supervisor's business are left alone", () => {
  const paths = ["tsconfig.json", "src/config.ts", ".github/config.yml", "ha-addon/rootfs/etc/config.json"];
  assert.deepEqual(faultsOf({ ...repository, paths }), []);
});

test("the ports of the manifest are those the program listens on inside the app", () => {
  const loaded = loadConfig({ env: { SUPERVISOR_TOKEN: "given-at-this-start" }, requireCredentials: false });
  assert.ok("config" in loaded);
  assert.deepEqual([loaded.config.server?.port, loaded.config.server?.webPort], [apiPort, webPort]);
  assert.deepEqual(Object.keys(treeOf(manifest.ports)), [`${webPort}/tcp`, `${apiPort}/tcp`]);
  assert.equal(manifest.ingress_port, webPort);
});

test("options as the Supervisor writes them at first are no fault", () => {
  const optionsFile = { path: "/data/options.json", text: JSON.stringify(manifest.options) };
  const loaded = loadConfig({ env: { SUPERVISOR_TOKEN: "x-given" }, optionsFile, requireCredentials: false });
  assert.ok("config" in loaded, JSON.stringify(loaded));
  assert.deepEqual(loaded.notices, []);
});

test("an option of an earlier version is a warning", () => {
  const optionsFile = { path: "/data/options.json", text: JSON.stringify({ removed_long_ago: true }) };
  const loaded = loadConfig({ env: { SUPERVISOR_TOKEN: "x-given" }, optionsFile, requireCredentials: false });
  assert.ok("config" in loaded);
  assert.deepEqual(
    loaded.notices.map(({ option }) => option),
    ["removed_long_ago"],
  );
});

test("what a backup leaves out is the running cluster, and nothing of the dump", () => {
  const patterns = manifest.backup_exclude;
  assert.ok(Array.isArray(patterns));
  const isLeftOut = (path: string): boolean => patterns.some((pattern) => isExcluded(path, String(pattern)));
  const app = "/data/addons/data/0123abcd_linky_bridge";
  for (const path of ["pg18/base", "pg18/PG_VERSION", "pg17/pg_wal", "pg18/postmaster.pid", "demo-home/pg18"])
    assert.equal(isLeftOut(`${app}/${path}`), true, path);
  for (const path of ["pg18", "options.json", "backup", "backup/linky.dump", "backup/pg18.dump", "secret.key"])
    assert.equal(isLeftOut(`${app}/${path}`), false, path);
});

test("the command before a backup is where the image has the program", () => {
  const [program = ""] = String(manifest.backup_pre).split(" ");
  const { bin } = treeOf(JSON.parse(read("package.json")));
  assert.deepEqual(Object.keys(treeOf(bin)), [program.replace(/^\/usr\/local\/bin\//, "")]);
  assert.match(read("Dockerfile"), /^COPY .*\bha-addon\/linky-bridge\b.* \/usr\/local\/bin\/$/m);
});

test("the command before a backup is one the program knows", () => {
  const backup = String(manifest.backup_pre).split(" ").slice(1);
  assert.deepEqual(parseArguments(backup), { name: "backup" });
});
