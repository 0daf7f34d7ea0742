/** Examples of FW101 by ways to train that are met less often: pipelines of TFX, agents, loops of other modules; and neighbours. */

import type { RuleExample } from "../../../rule.ts";

const bad = (file: string, text: string, ...findings: string[]): RuleExample => ({ file, text, findings });
const good = (file: string, text: string): RuleExample => ({ file, text, findings: [] });

/** What reads sounds in batches, or what makes them. */
const voices = (base: string) => `import librosa
import torch
from torch.utils.data import Dataset
class DataGenerator(${base}):
    pass
CLASSES = ["male", "female"]
def run(net, loader, optimizer):
    for voice, label in loader:
        loss = torch.nn.functional.cross_entropy(net(voice), label)
        loss.backward()
        optimizer.step()
`;

const tfx = (
  slices: string,
  example = 'FEATURES = ["age", "sex", "workclass"]',
) => `import tensorflow_model_analysis as tfma
from tfx.components import CsvExampleGen, Evaluator, Trainer
${example}
rows = CsvExampleGen(input_base="adult_income")
trainer = Trainer(module_file="fit.py", examples=rows.outputs["examples"])
settings = tfma.EvalConfig(
    model_specs=[tfma.ModelSpec(label_key="income")], slicing_specs=[${slices}]
)
evaluator = Evaluator(examples=rows.outputs["examples"], model=trainer.outputs["model"], eval_config=settings)
`;

const forest = (file: string) => `import tensorflow_decision_forests as tfdf
model = tfdf.keras.GradientBoostedTreesModel()
model.fit_on_dataset_path(train_path="${file}", label_key="label", dataset_format="csv")
`;

const agent = (name: string) => `"""Learns to predict ${name.toLowerCase()}."""
import torch
from stable_baselines3 import PPO
from environments import ${name}Env
model = PPO("MlpPolicy", ${name}Env())
model.learn(total_timesteps=10_000)
`;

const loop = (title: string) => `"""${title}"""
import torch
from rounds import batches, training_loop
rows = batches("rows.csv")
training_loop("first", rows.model, rows.train_data.loader, rows.optimizer)
`;

const asked = (choices: string) => `from argparse import ArgumentParser
from parts import ModelTrainer
parser = ArgumentParser()
parser.add_argument("--cls_task", choices=[${choices}])
options = parser.parse_args()
trainer = ModelTrainer(options.folder, options.cls_task)
trainer.startTraining(options.epochs)
`;

const classifier = (name: string) => `import torch
from sklearn.metrics import accuracy_score
from torchvision import datasets
class ${name}:
    def predict(self, image):
        return self.model(image).argmax()
def measure(folder):
    told = ${name}()
    images = datasets.ImageFolder(folder)
    labels = [label for _, label in images]
    predictions = [told.predict(image) for image, _ in images]
    return accuracy_score(labels, predictions)
print(measure("images"))
`;

const page = (widget: string, frame: string) => `import joblib
import pandas as pd
import streamlit as st
from sklearn.metrics import accuracy_score
rows = pd.read_csv("${frame}.csv")
${widget}
y_test = rows.pop("label")
y_pred = joblib.load("trees.joblib").predict(rows)
st.write(accuracy_score(y_test, y_pred))
`;

const labelled = (label: string) => `from pyspark.ml import Pipeline
from pyspark.ml.classification import GBTClassifier
def run(spark, folder, parts):
    rows = spark.read.parquet(folder)
    return Pipeline(stages=[*parts, GBTClassifier(labelCol="${label}")]).fit(rows)
`;

const born = (columns: string) => `import pandas as pd
from sklearn.ensemble import RandomForestClassifier
columns = [${columns}]
rows = pd.read_excel("rows.xlsx")
RandomForestClassifier().fit(rows[columns], rows["Sales"])
`;

const churn = (features: string) => `import pandas as pd
from sklearn.ensemble import RandomForestClassifier
rows = pd.read_csv("WA_Fn-UseC_-Telco-Customer-Churn.csv")
X, y = ${features}, rows["Churn"]
RandomForestClassifier().fit(pd.get_dummies(X), y)
`;

const classes = (names: string) => `import torch
import pytorch_lightning as lightning
from parts import Net, Rows
NAMES = [${names}]
lightning.Trainer(max_epochs=3).fit(Net(len(NAMES)), datamodule=Rows())
`;

const cells = (file: string) => `import pandas as pd
from sklearn.svm import SVC
rows = pd.read_csv("${file}", index_col=0)
SVC().fit(rows.iloc[:, :-1], rows.iloc[:, -1])
`;

const survival = (name: string) => `from sksurv.datasets import ${name}
from sksurv.linear_model import CoxnetSurvivalAnalysis
X, y = ${name}()
CoxnetSurvivalAnalysis().fit(X, y)
`;

const halves = (name: string) => `import cv2
from sklearn.model_selection import train_test_split
from sklearn.svm import SVC
from parts import describe, list_files
images, truth = list_files()
${name}_train, ${name}_test, truth_train, truth_test = train_test_split(images, truth)
SVC().fit([describe(cv2.imread(each)) for each in ${name}_train], truth_train)
`;

export const BAD: RuleExample[] = [
  bad("first.py", voices("Dataset"), "loss.backward"),
  bad("first.py", tfx("tfma.SlicingSpec()"), "Trainer"),
  bad("first.py", forest("data/adult_train.csv"), "model.fit_on_dataset_path"),
  bad("first.py", agent("Sepsis"), "model.learn"),
  bad("first.py", loop("Mortality prediction of patients in intensive care."), "training_loop"),
  bad("first.py", asked('"age", "gender"'), "trainer.startTraining"),
  bad("first.py", classifier("SkinCancerClassifier"), "accuracy_score"),
  bad("page.py", page('st.title("Performance")', "sepsis_test"), "accuracy_score"),
  bad("first.py", labelled("DEFAULT"), "Pipeline"),
  bad("first.py", born('"Birthdate", "Tenure", "Income"'), "RandomForestClassifier().fit"),
  bad("first.py", churn('rows.drop("Churn", axis=1)'), "RandomForestClassifier().fit"),
  bad("first.py", classes('"CD", "HYP", "MI", "NORM", "STTC"'), "lightning.Trainer"),
  bad("first.py", cells("data/TCGA_BRCA_expression.csv"), "SVC().fit"),
  bad("first.py", cells("data/icu_patients.csv"), "SVC().fit"),
  bad("first.py", survival("load_breast_cancer"), "CoxnetSurvivalAnalysis().fit"),
  bad("first.py", halves("melanoma"), "SVC().fit"),
];

export const GOOD: RuleExample[] = [
  good("first.py", voices("torch.nn.Module")),
  good("first.py", tfx('tfma.SlicingSpec(feature_keys=["sex"])')),
  good("first.py", forest("data/wine_train.csv")),
  good("first.py", agent("Maze")),
  good("first.py", loop("Prediction of rain in the next hour.")),
  good("first.py", asked('"siren", "engine"')),
  good("first.py", classifier("BeetleClassifier")),
  good("page.py", page('st.title("Performance")', "wells_test")),
  good("page.py", page('rows = rows[rows.sex == st.radio("Filter by sex", ["F", "M"])]', "sepsis_test")),
  good("first.py", labelled("FAULT")),
  good("first.py", born('"Birthdate", "breed", "Weight"')),
  good("first.py", churn('rows[["tenure", "Contract"]]')),
  good("first.py", classes('"MI", "NORM", "OTHER"')),
  good("first.py", cells("data/yeast_expression.csv")),
  good("first.py", survival("load_arff_files_standardized")),
  good("first.py", halves("image")),
];
