import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import * as vscode from "vscode";
import { api, commandLine, eventually, makeProject } from "./support.ts";

/** 200 rows as examples/credit/train.py writes them. */
function predictions(): string {
  const rows = Array.from({ length: 200 }, (_, i) => {
    const score = ((i * 37) % 100) / 100;
    const sex = i % 3 === 0 ? "female" : "male";
    const age = i % 4 === 0 ? "young" : "older";
    const label = (i * 7) % 10 < 7 ? 1 : 2;
    return [i, sex, age, "A201", label, score.toFixed(6), score >= 0.5 ? 1 : 2];
  });
  const head = ["id", "sex", "age_group", "foreign_worker", "class", "score", "predicted_class"];
  return `${[head, ...rows].map((row) => row.join(",")).join("\n")}\n`;
}

/** 120 rows of a model that predicts a price, and a grade. */
function prices(): string {
  const grades = ["low", "middle", "high"];
  const rows = Array.from({ length: 120 }, (_, i) => {
    const price = 100 + ((i * 37) % 50);
    return [i % 2 ? "female" : "male", price + 0.5, price + (i % 7) - 2, grades[i % 3], grades[(i * 5) % 3]];
  });
  const head = ["sex", "price", "predicted_price", "grade", "predicted_grade"];
  return `${[head, ...rows].map((row) => row.join(",")).join("\n")}\n`;
}

const SETTINGS = `# kept as it is
interval = "200ms"

[audit.tables."limited.csv"]
label = "class"
prediction = "predicted_class" # the model's
positive = "1"
sensitive = ["sex"]
limits = { demographic_parity = 0.9 }
`;

describe("Audit Fairness", function () {
  this.timeout(60_000);
  let project: ReturnType<typeof makeProject>;

  before(async () => {
    await api();
    project = makeProject("audit-suite", {
      "fairwatt.toml": SETTINGS,
      "predictions.csv": predictions(),
      "limited.csv": predictions(),
      "broken.csv": "class,predicted_class,sex\n1,1,f\n1,2\n",
      "prices.csv": prices(),
      "many.csv": `y,yhat,sex\n${Array.from({ length: 300 }, (_, i) => `1,${i % 2},s${i}`).join("\n")}\n`,
    });
  });
  after(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    project.remove();
  });

  const audit = (argument: unknown) =>
    vscode.commands.executeCommand<string | null | undefined>("fairwatt.auditPredictions", argument);
  const tabs = () =>
    vscode.window.tabGroups.all
      .flatMap((group) => group.tabs)
      .filter(
        (tab) => tab.input instanceof vscode.TabInputWebview && /fairwatt\.audit/.test(tab.input.viewType),
      );
  const entry = (hash: string) =>
    JSON.parse(fs.readFileSync(path.join(project.folder, ".fairwatt/ledger", `${hash}.json`), "utf8"));
  const text = (name: string) => fs.readFileSync(project.file(name).fsPath, "utf8");
  /** Confirms what a quick pick has in focus, as often as it takes until `done` settles. */
  async function acceptUntil<T>(done: Promise<T>): Promise<T> {
    let settled = false;
    const stop = done.finally(() => {
      settled = true;
    });
    while (!settled) {
      await new Promise((resolve) => setTimeout(resolve, 300));
      if (!settled) await vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
    }
    return stop;
  }

  it("the example's predictions: columns guessed, confirmed, kept; a page and a ledger entry", async () => {
    const hash = await acceptUntil(Promise.resolve(audit(project.file("predictions.csv"))));
    assert.match(hash ?? "", /^[0-9a-f]{64}$/);
    const { type, body } = entry(hash!);
    assert.equal(type, "audit");
    assert.equal(body.file, "predictions.csv");
    assert.deepEqual(body.columns, {
      label: "class",
      prediction: "predicted_class",
      score: "score",
      sensitive: ["sex", "age_group"],
    });
    assert.equal(body.positive, "1");
    await eventually("its page", () => tabs().some(({ label }) => label === "Audit predictions.csv"));
    const settings = text("fairwatt.toml");
    assert.ok(settings.startsWith(SETTINGS), settings);
    assert.match(settings, /\[audit\.tables\."predictions\.csv"\]\nlabel = "class"/);
    const verified = await commandLine(["ledger", "verify"], project.folder);
    assert.equal(verified.code, 0, verified.stdout + verified.stderr);
  });

  it("a second audit asks nothing and takes the place of the first", async () => {
    const before = tabs().length;
    const hash = await audit(project.file("predictions.csv"));
    assert.match(hash ?? "", /^[0-9a-f]{64}$/);
    assert.equal(tabs().length, before);
  });

  it("limits of the project file count, and stay as a person wrote them", async () => {
    const before = text("fairwatt.toml");
    const hash = await audit(project.file("limited.csv"));
    const { body } = entry(hash!);
    assert.equal(body.limits[0].limit, "demographic_parity <= 0.9");
    assert.equal(text("fairwatt.toml"), before);
  });

  it("roles that are handed over need no confirming", async () => {
    const roles = {
      label: "class",
      prediction: "predicted_class",
      positive: "1",
      favourable: "positive",
      sensitive: ["sex"],
    };
    const hash = await audit({ file: project.file("predictions.csv").fsPath, roles });
    assert.deepEqual(entry(hash!).body.columns.sensitive, ["sex"]);
  });

  it("a number that is predicted: the task is guessed, confirmed, kept and audited", async () => {
    const hash = await acceptUntil(Promise.resolve(audit(project.file("prices.csv"))));
    const { body } = entry(hash!);
    assert.deepEqual(
      [body.task, body.columns.label, body.columns.prediction],
      ["regression", "price", "predicted_price"],
    );
    assert.deepEqual(
      body.measures.map(({ measure }: { measure: string }) => measure),
      ["mean_error", "prediction_distance"],
    );
    assert.match(text("fairwatt.toml"), /\[audit\.tables\."prices\.csv"\]\ntask = "regression"/);
    await eventually("its page", () => tabs().some(({ label }) => label === "Audit prices.csv"));
    assert.match((await audit(project.file("prices.csv"))) ?? "", /^[0-9a-f]{64}$/);
  });

  it("several classes, by roles that go before what the project file says of the table", async () => {
    const roles = {
      task: "multiclass",
      label: "grade",
      prediction: "predicted_grade",
      favourable: "positive",
      sensitive: ["sex"],
    };
    const hash = await audit({ file: project.file("prices.csv").fsPath, roles });
    const { body } = entry(hash!);
    assert.equal(body.task, "multiclass");
    assert.ok(body.measures.some(({ measure }: { measure: string }) => / of class high$/.test(measure)));
  });

  it("what cannot be audited is said, and leaves no page and no entry", async () => {
    const before = [tabs().length, fs.readdirSync(path.join(project.folder, ".fairwatt/ledger")).length];
    const roles = {
      label: "class",
      prediction: "predicted_class",
      positive: "1",
      favourable: "positive",
      sensitive: ["sex"],
    };
    for (const [name, change] of [
      ["none.csv", {}],
      ["broken.csv", {}],
      ["predictions.csv", { label: "clas" }],
    ] as const)
      assert.equal(
        await audit({ file: project.file(name).fsPath, roles: { ...roles, ...change } }),
        undefined,
      );
    assert.equal(await audit(vscode.Uri.parse("untitled:table.csv")), undefined);
    assert.equal(await audit({ file: project.file("none.csv").fsPath }), undefined);
    const after = [tabs().length, fs.readdirSync(path.join(project.folder, ".fairwatt/ledger")).length];
    assert.deepEqual(after, before);
    await vscode.commands.executeCommand("notifications.clearAll");
  });

  it("leaving the choice of columns makes no audit", async () => {
    const going = Promise.resolve(audit(project.file("many.csv")));
    let settled = false;
    void going.finally(() => {
      settled = true;
    });
    while (!settled) {
      await new Promise((resolve) => setTimeout(resolve, 300));
      await vscode.commands.executeCommand("workbench.action.closeQuickOpen");
    }
    assert.equal(await going, undefined);
  });
});
