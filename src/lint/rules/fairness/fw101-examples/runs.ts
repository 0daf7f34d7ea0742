/** Examples of FW101 whose subject only a class of the project, a run, a registered model or a command line says; and toy data under such names. */

import type { RuleExample } from "../../../rule.ts";

const bad = (file: string, text: string, ...findings: string[]): RuleExample => ({ file, text, findings });
const good = (file: string, text: string): RuleExample => ({ file, text, findings: [] });

const component = (classes: string) => `import pandas as pd
from sklearn.linear_model import LogisticRegression
from src.entity import ${classes}
class ModelTrainer:
    def start(self):
        train = pd.read_csv(self.artifact.train_file)
        model = LogisticRegression()
        model.fit(train.iloc[:, :-1], train.iloc[:, -1])
        return ${classes}(model)
`;

const tracked = (call: string, data = 'np.load("x.npy"), np.load("y.npy")') => `import mlflow
import numpy as np
import wandb
from sklearn.datasets import load_diabetes, load_iris
from sklearn.svm import SVC
X, y = ${data}
${call}
model = SVC()
model.fit(X, y)
`;

const stored = (name: string) => `import bentoml
import pandas as pd
from sklearn.ensemble import RandomForestRegressor
def fit_forest(folder, model_name):
    model = RandomForestRegressor()
    model.fit(pd.read_csv(folder + "/X_train.csv"), pd.read_csv(folder + "/y_train.csv"))
    bentoml.sklearn.save_model(model_name, model)
bento_model_name = "${name}"
fit_forest("data", bento_model_name)
`;

const command = (
  subject: string,
  verb = "Train",
  trainer = "ModelTrainer",
  given = "config",
) => `import argparse
import torch
from training import ${trainer}, load_preset
parser = argparse.ArgumentParser(description="${verb} ${subject} model from images")
parser.add_argument("--preset")
args = parser.parse_args()
config = load_preset(args.preset)
trainer = ${trainer}(${given})
trainer.train()
`;

export const BAD: RuleExample[] = [
  bad("trainer.py", component("SepsisEstimator"), "model.fit"),
  bad("trainer.py", component("EmployeeAttritionEstimator"), "model.fit"),
  bad("runs.py", tracked('mlflow.set_experiment("ASD_Diagnoser_Training")'), "model.fit"),
  bad("runs.py", tracked('wandb.init(project="sepsis-svm", name="second")'), "model.fit"),
  bad(
    "runs.py",
    tracked('mlflow.sklearn.log_model(SVC(), registered_model_name="HeartDiseaseSVC")'),
    "model.fit",
  ),
  bad("forest.py", stored("university_admission_forest"), "model.fit"),
  // The settings say the rest.
  bad("train.py", command("pneumonia detection"), "trainer.train"),
];

export const GOOD: RuleExample[] = [
  good("trainer.py", component("SteelGradeModel")),
  good("runs.py", tracked('mlflow.set_experiment("Pump_Diagnoser_Training")')),
  good("runs.py", tracked('wandb.init(project="visa-defects")')),
  // A course's sets, under a project's name.
  good("runs.py", tracked('wandb.init(project="sepsis-svm")', "load_iris(return_X_y=True)")),
  good("runs.py", tracked('mlflow.set_experiment("loan approval")', "load_iris(return_X_y=True)")),
  good("runs.py", tracked('mlflow.set_experiment("diabetes")', "load_diabetes(return_X_y=True)")),
  good("runs.py", tracked('parser.add_argument("--kind", help="the default prediction of the scheduler")')),
  good("trainer.py", component("DiabetesDataset")),
  good("forest.py", stored("harvest_forest")),
  good("train.py", command("weld crack detection")),
  good("train.py", command("pneumonia detection", "Train", "Preset")),
  good("train.py", command("pneumonia detection", "Watch")),
  // Nothing is known of what it is given.
  good("train.py", command("pneumonia detection", "Train", "ModelTrainer", "")),
];
