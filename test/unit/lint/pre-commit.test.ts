import * as fs from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { kindOf } from "../../../src/lint/source-kind.ts";

const root = path.resolve(import.meta.dirname, "../../..");
const read = (name: string) => fs.readFileSync(path.join(root, name), "utf8");
const hooks: { id: string; entry: string; files?: string }[] = parse(read(".pre-commit-hooks.yaml"));

/** As Python reads it: (?xi) is no JavaScript. */
function filesOf(hook: { files?: string }): RegExp {
  const text = hook.files ?? "";
  expect(text).toMatch(/^\(\?xi\)/);
  return new RegExp(text.replace(/^\(\?xi\)/, "").replace(/\s+/g, ""), "i");
}

describe("the pre-commit hooks", () => {
  it.each(["fairwatt-lint", "fairwatt-lint-fix"])("%s is given what lint reads by its name", (id) => {
    const files = filesOf(hooks.find((hook) => hook.id === id)!);
    const names =
      "a.py b/c.pyw x.ipynb v.yaml v.YML chart/templates/_h.tpl d.yaml.j2 s.json s.jsonc t.toml Dockerfile Dockerfile.gpu gpu.dockerfile Containerfile run.sh run.bash job.slurm config.pbtxt Modelfile m.modelfile a.properties .env .env.prod a.cfg a.ini a.conf a.service main.tf a.tfvars a.hcl a.nomad Procfile Makefile rules.mk justfile .justfile a.just run.ps1 run.bat";
    for (const name of names.split(" ")) {
      expect(kindOf({ path: name }), name).toBeDefined();
      expect(files.test(name), name).toBe(true);
    }
    for (const name of "README.md a.csv model.onnx x.png a.rs notes.txt a.py.orig".split(" ")) {
      expect(kindOf({ path: name }), name).toBeUndefined();
      expect(files.test(name), name).toBe(false);
    }
    // A script may have no extension: lint looks into it.
    expect(files.test("bin/serve")).toBe(true);
  });

  it("are built where pre-commit installs them: npm runs only `prepare` of what it gets from git", () => {
    const { scripts, bin } = JSON.parse(read("package.json"));
    expect(scripts.prepare).toContain("scripts/prepare.mjs");
    expect(hooks.map(({ entry }) => entry.split(" ")[0])).toEqual(hooks.map(() => Object.keys(bin)[0]));
  });
});
