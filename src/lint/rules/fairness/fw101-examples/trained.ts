/** Examples of FW101 by how the model is trained or measured: trainers of the subject's own package, algorithms by name, curves. */

import type { RuleExample } from "../../../rule.ts";

const bad = (file: string, text: string, ...findings: string[]): RuleExample => ({ file, text, findings });
const good = (file: string, text: string): RuleExample => ({ file, text, findings: [] });

const byPackage = (name: string) => `from ${name}.train import trees
def run(rows):
    model = trees.train("boosting", rows.X_train, rows.y_train)
    return model
`;

const network = (name: string) => `import torch
from ${name}.data import batches
class Recurrent(torch.nn.Module):
    pass
def run(net, optimizer):
    for x, y in batches():
        loss = torch.nn.functional.mse_loss(net(x), y)
        loss.backward()
        optimizer.step()
`;

const onLoans = (call: string, imports = "from own import parts") => `import joblib
import pandas as pd
from sklearn.model_selection import train_test_split
${imports}
df = pd.read_csv("rows.csv")
train_x, test_x, train_y, test_y = train_test_split(df.drop(columns=["loan_status"]), df["loan_status"])
model = joblib.load("rows.joblib")
${call}
`;

const curve = (body: string) => `from sklearn.metrics import roc_curve
import pandas as pd
df = pd.read_csv("loan_status.csv")
y_test = df["loan_status"]
${body}
`;

const given = (name: string) => `import torch
from networks import ${name}
def fit(batches, optimizer, settings):
    model = ${name}(settings["width"])
    for x, y in batches:
        loss = torch.nn.functional.mse_loss(model(x), y)
        loss.backward()
        optimizer.step()
    return model
`;

const stage = (name: string) => `from ${name}.config import settings
from ${name}.parts import ModelTrainer
def main():
    trainer = ModelTrainer(settings)
    trainer.model_training()
`;

export const BAD: readonly RuleExample[] = [
  bad("start.py", byPackage("sepsis"), "trees.train"),
  bad("start.py", network("sepsis"), "loss.backward"),
  bad("start.py", onLoans("parts.train_gru(train_x, train_y, 20)"), "parts.train_gru"),
  bad("start.py", onLoans("parts.train_ensemble(train_x, train_y)"), "parts.train_ensemble"),
  bad(
    "start.py",
    onLoans("name, best = parts.Finder().best_model(train_x=train_x, train_y=train_y)"),
    "parts.Finder().best_model",
  ),
  bad(
    "start.py",
    onLoans(
      'mlflow.evaluate("models:/rows/1", df, targets="loan_status", model_type="classifier")',
      "import mlflow",
    ),
    "mlflow.evaluate",
  ),
  bad(
    "start.py",
    onLoans(
      "print(roc_curve(test_y, model.predict_proba(test_x)[:, 1]))",
      "from sklearn.metrics import roc_curve",
    ),
    "roc_curve",
  ),
  bad(
    "start.py",
    onLoans(
      "print(cross_val_score(model, test_x, test_y))",
      "from sklearn.cross_validation import cross_val_score",
    ),
    "cross_val_score",
  ),
  bad("start.py", given("SepsisNet"), "loss.backward"),
  bad("stage.py", stage("salary_prediction"), "trainer.model_training"),
];

export const GOOD: readonly RuleExample[] = [
  good("start.py", given("RainfallNet")),
  good("stage.py", stage("rainfall")),
  good("start.py", byPackage("rainfall")),
  good("start.py", network("rainfall")),
  good(
    "start.py",
    onLoans("parts.train_ensemble(train_x, train_y)\nparts.ProxyDiscriminationAudit(model, test_x).run()"),
  ),
  // A network's mode is no training.
  good("start.py", onLoans("net = parts.LoanNet()\nnet.train(is_training)")),
  good(
    "start.py",
    onLoans("parts.train_ensemble(train_x, train_y)\nparts.run_slice_pipeline(test_x, test_y)"),
  ),
  good("start.py", onLoans("parts.store_regression_table(train_x, train_y)")),
  // Points that it is given are drawn.
  good(
    "start.py",
    curve("def draw(y_test, y_prob):\n    return roc_curve(y_test, y_prob)\ndraw(y_test, df['p'])"),
  ),
];
