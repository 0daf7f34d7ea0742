import * as fs from "node:fs";
import * as path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { collectTexts } from "../../../scripts/l10n.mjs";

const root = path.resolve(import.meta.dirname, "../../..");
const read = (file: string) => fs.readFileSync(path.join(root, file), "utf8");
const manifest = JSON.parse(read("package.json"));
const nls: Record<string, string> = JSON.parse(read("package.nls.json"));

const sources = fs
  .readdirSync(path.join(root, "src/editor"), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .map((file) => read(path.join("src/editor", file)))
  .join("\n");

const contributed: string[] = manifest.contributes.commands.map((each: { command: string }) => each.command);

describe("the manifest", () => {
  it("has a text for every key and uses every text", () => {
    const used = new Set([...read("package.json").matchAll(/"%([\w.]+)%"/g)].map((match) => match[1]));
    expect([...used].sort()).toEqual(Object.keys(nls).sort());
  });

  it("contributes exactly the commands that the code registers", () => {
    const registered = [...sources.matchAll(/registerCommand\(\s*"(fairwatt\.\w+)"/g)].map(
      (match) => match[1],
    );
    expect([...new Set(registered)].sort()).toEqual([...contributed].sort());
  });

  it("names only commands of its own in menus, and every path it names exists", () => {
    const menus = Object.values(manifest.contributes.menus as Record<string, { command: string }[]>).flat();
    for (const { command } of menus) expect(contributed).toContain(command);
    const paths = [manifest.icon, manifest.contributes.viewsContainers.activitybar[0].icon];
    for (const step of manifest.contributes.walkthroughs[0].steps)
      paths.push(step.media.svg ?? step.media.markdown);
    for (const file of paths) expect(fs.existsSync(path.join(root, file)), file).toBe(true);
  });

  it("links only to its own commands and to known ones of the editor", () => {
    const known = ["vscode.openFolder", "workbench.trust.manage", "workbench.action.openWalkthrough"];
    for (const text of Object.values(nls)) {
      for (const [, command] of text.matchAll(/\(command:([\w.]+)/g)) {
        expect([...contributed, ...known]).toContain(command);
      }
    }
  });

  it("reads each setting that it contributes, and no other", () => {
    const settings = Object.keys(manifest.contributes.configuration.properties);
    const own = read("src/editor/settings.ts");
    const readThere = [...own.matchAll(/read(?:<[^>(]+>)?\("([\w.]+)"/g)].map(
      (match) => `fairwatt.${match[1]}`,
    );
    expect(readThere.sort()).toEqual([...settings].sort());
  });

  it("keeps settings that name an executable from untrusted workspaces", () => {
    expect(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations).toEqual([
      "fairwatt.python.interpreter",
    ]);
    expect(manifest.contributes.configuration.properties["fairwatt.python.interpreter"].scope).toBe(
      "machine-overridable",
    );
  });

  it("starts nothing in a window that has nothing to do with it", () => {
    expect(manifest.activationEvents).not.toContain("*");
    expect(manifest.activationEvents).not.toContain("onStartupFinished");
  });

  it("has an icon of 256 px", () => {
    const png = fs.readFileSync(path.join(root, manifest.icon));
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([256, 256]);
  });

  it("praises nothing", () => {
    const bundle = read("l10n/bundle.l10n.json");
    expect(`${JSON.stringify(nls)}${bundle}`).not.toMatch(/\b(green|eco|neutral|clean|responsible)\b/i);
  });
});

describe("the translation bundle", () => {
  let texts: Record<string, unknown>;
  beforeAll(async () => {
    texts = await collectTexts();
  }, 60_000);

  it("is what the sources say (else: node scripts/l10n.mjs)", () => {
    expect(JSON.parse(read("l10n/bundle.l10n.json"))).toEqual(texts);
  });

  it("finds the texts of pure files too", () => {
    expect(texts).toHaveProperty(["Not measured: {0}"]);
    expect(texts).toHaveProperty(["exit code {0}"]);
    expect(texts).toHaveProperty(["yesterday {0}"]);
  });
});
