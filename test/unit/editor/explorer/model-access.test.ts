import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  executed,
  files,
  opened,
  picks,
  pressed,
  questions,
  trust,
  typed,
} from "../../../browser/page/fake-editor.ts";
import { addEntry } from "../../ledger/fixtures.ts";

vi.mock("vscode", async () => (await import("../../../browser/page/fake-editor.ts")).fakeVscode);
vi.mock("../../../../src/editor/config/change-project-file.ts", () => ({
  changeProjectFile: async ({ fsPath }: { fsPath: string }, change: (text: string) => string) =>
    fs.writeFileSync(fsPath, change(fs.existsSync(fsPath) ? fs.readFileSync(fsPath, "utf8") : "")),
}));

const { ModelAccess } = await import("../../../../src/editor/explorer/model-access.ts");

let folder: string;
let table: string;
let errors: { happened: string; next: string; actions?: { run(): unknown }[] }[];
let remembered: Map<string, unknown>;
let interpreter: { path: string; args: string[]; source: string } | undefined;

beforeEach(() => {
  folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "fairwatt-access-")));
  fs.mkdirSync(path.join(folder, "out"));
  fs.writeFileSync(path.join(folder, "fairwatt.toml"), 'zone = "DE" # ours\n');
  table = path.join(folder, "out", "predictions.csv");
  fs.writeFileSync(table, "a,b\n1,2\n");
  errors = [];
  remembered = new Map();
  interpreter = { path: "/usr/bin/python3", args: ["-X", "utf8"], source: "setting" };
  opened.folder = folder;
  opened.files = [];
  trust.isTrusted = true;
});
afterEach(() => {
  fs.rmSync(folder, { recursive: true });
  for (const each of [picks, pressed, questions, typed, files, executed]) each.length = 0;
  opened.folder = undefined;
});

const access = () =>
  new ModelAccess(
    {
      get: (key: string, empty: unknown) => remembered.get(key) ?? empty,
      update: async (key: string, value: unknown) => void remembered.set(key, value),
    } as never,
    { interpreterFor: async () => interpreter },
    { error: (report) => void errors.push(report as never) },
  );
const settings = () => fs.readFileSync(path.join(folder, "fairwatt.toml"), "utf8");
const sha256 = (file: string) => createHash("sha256").update(fs.readFileSync(file)).digest("hex");

/** What the ledger says of a run that wrote these files. */
async function recordRun(startedAt: string, ...names: string[]): Promise<void> {
  const artefacts = names.map((name) => ({
    path: name,
    bytes: 1,
    sha256: sha256(path.join(folder, name)),
  }));
  await addEntry(path.join(folder, ".fairwatt"), startedAt, { cwd: "", startedAt, artefacts });
}

describe("the model behind a table", () => {
  it("is first the one that the run wrote which wrote the table, and is kept in the project file", async () => {
    for (const name of ["out/model.joblib", "out/old.pkl"]) fs.writeFileSync(path.join(folder, name), name);
    opened.files = [path.join(folder, "out/old.pkl"), path.join(folder, "out/model.joblib")];
    await recordRun("2026-01-02T00:00:00Z", "out/predictions.csv", "out/model.joblib");
    fs.writeFileSync(path.join(folder, "out/metrics.json"), "{}");
    await recordRun("2026-01-01T00:00:00Z", "out/predictions.csv", "out/old.pkl");
    await recordRun("2026-01-03T00:00:00Z", "out/metrics.json", "out/old.pkl");
    let offered: string[] = [];
    picks.push((items) => {
      offered = items.map(({ label }) => label);
      return items[0];
    });
    const models = access();
    expect(models.of(table)).toBeUndefined();
    expect(await models.choose(table)).toEqual({ name: "out/model.joblib", from: "from fairwatt.toml" });
    expect(offered.slice(0, 2)).toEqual(["out/model.joblib", "out/old.pkl"]);
    expect(settings()).toBe(
      'zone = "DE" # ours\n\n[audit.tables."out/predictions.csv"]\nmodel = "out/model.joblib"\n',
    );
    expect(access().of(table)?.name).toBe("out/model.joblib");
  });

  it("is not one that has changed since that run", async () => {
    const model = path.join(folder, "out/model.joblib");
    fs.writeFileSync(model, "as the run left it");
    await recordRun("2026-01-02T00:00:00Z", "out/predictions.csv", "out/model.joblib");
    fs.writeFileSync(model, "something else");
    let offered: string[] = [];
    picks.push((items) => {
      offered = items.map(({ label }) => label);
      return undefined;
    });
    expect(await access().choose(table)).toBeUndefined();
    expect(offered).not.toContain("out/model.joblib");
    expect(settings()).toBe('zone = "DE" # ours\n');
  });

  it("may be a function, or a file from anywhere; settings that are there stay", async () => {
    fs.appendFileSync(
      path.join(folder, "fairwatt.toml"),
      '[audit.tables."out/*.csv"]\nlabel = "b"\nsensitive = ["a"]\n',
    );
    picks.push((items) => items.at(-1));
    typed.push("scoring:score ");
    expect((await access().choose(table))?.name).toBe("scoring:score");
    expect(settings()).toContain('label = "b"');
    expect(settings()).toContain('model = "scoring:score"');
    picks.push((items) => items.at(-2));
    files.push("/elsewhere/model.pkl");
    expect((await access().choose(table))?.name).toBe("/elsewhere/model.pkl");
  });
});

describe("a model runs", () => {
  const named = { name: "scoring:score", from: "" };

  it("once the person has said so, who is asked once for each", async () => {
    expect(await access().permit(table, named)).toBeUndefined();
    pressed.push("Run It");
    const permitted = {
      start: {
        spec: { module: "scoring", function: "score" },
        python: ["/usr/bin/python3", "-X", "utf8"],
        folder,
      },
      source: "setting",
    };
    expect(await access().permit(table, named)).toEqual(permitted);
    expect(await access().permit(table, named)).toEqual(permitted);
    expect(questions).toHaveLength(2);
    expect(questions[0]).toContain("Predicting with scoring:score runs its code.");
    expect(questions[0]).toContain("/usr/bin/python3 -X utf8 (from setting)");
    expect(await access().permit(table, { ...named, name: "scoring:other" })).toBeUndefined();
  });

  it("in no workspace that is not trusted", async () => {
    trust.isTrusted = false;
    const models = access();
    expect(await models.permit(table, named)).toBeUndefined();
    expect(await models.choose(table)).toBeUndefined();
    expect(errors[0]?.happened).toContain("Restricted Mode");
    await errors[0]!.actions![0]!.run();
    expect(executed).toEqual([["workbench.trust.manage"]]);
    expect(questions).toEqual([]);
  });

  it("in the Python that the project names, before any other; one that is none is told", async () => {
    const environment = path.join(folder, ".venv", "bin");
    fs.mkdirSync(environment, { recursive: true });
    fs.writeFileSync(path.join(environment, "python"), "#!/bin/sh\n", { mode: 0o755 });
    fs.writeFileSync(path.join(folder, "fairwatt.toml"), 'python = ".venv"\n');
    pressed.push("Run It");
    const permitted = await access().permit(table, named);
    expect(permitted?.start.python).toEqual([path.join(environment, "python")]);
    expect(permitted?.source).toBe("python in fairwatt.toml");
    fs.writeFileSync(path.join(folder, "fairwatt.toml"), 'python = "nowhere"\n');
    expect(await access().permit(table, named)).toBeUndefined();
    expect(errors[0]?.happened).toContain('names "nowhere", which is neither a Python nor');
  });

  it("in none where there is none", async () => {
    interpreter = undefined;
    expect(await access().permit(table, named)).toBeUndefined();
    expect(questions).toEqual([]);
  });
});
