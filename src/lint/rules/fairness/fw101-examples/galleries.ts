/** Examples of FW101 as they stand in galleries: published data that only an address or a loader names, jobs of platforms, survival. */

import type { RuleExample } from "../../../rule.ts";

const bad = (file: string, text: string, ...findings: string[]): RuleExample => ({ file, text, findings });
const good = (file: string, text: string): RuleExample => ({ file, text, findings: [] });

const addressed = (address: string) => `# The data are from https://${address}.
import pandas as pd
from sklearn.ensemble import RandomForestClassifier
data = pd.read_csv("data.csv", header=None)
model = RandomForestClassifier()
model.fit(data.iloc[:, 1:], data.iloc[:, 0])
`;

const loaded = (call: string) => `from sklearn.tree import DecisionTreeClassifier
import helpers
X_train, y_train = helpers.${call}
tree = DecisionTreeClassifier()
tree.fit(X_train, y_train)
`;

const job = (training: string, data = "german_credit_data.csv") => `import sagemaker
from sagemaker.estimator import Estimator
from sagemaker.workflow.steps import TrainingStep
inputs = {"train": sagemaker.inputs.TrainingInput("s3://bucket/${data}")}
booster = Estimator(image_uri=image, role=role, instance_count=1)
${training}
`;

const clarified = (config: string) =>
  job(`from sagemaker import clarify
groups = clarify.BiasConfig(label_values_or_threshold=[1], facet_name="sex")
${config}
booster.fit(inputs=inputs)`);

const registered = (status: string) => `import sagemaker
from sagemaker.estimator import Estimator
rows = sagemaker.inputs.TrainingInput("s3://bucket/prices.csv")
booster = Estimator(image_uri=image, role=role)
booster.fit({"train": rows})
booster.register(content_types=["text/csv"], ${status})
`;

const survival = (fitter: string, fit: string) => `import lifelines
from lifelines.datasets import load_larynx
df = load_larynx()
model = lifelines.${fitter}()
model.${fit}
`;

const vitalStatus = (subject: string) => `"""${subject}"""
import pandas as pd
from autogluon.tabular import TabularPredictor
label = "vital_status"
predictor = TabularPredictor(label=label)
predictor.fit(train_data=pd.read_csv("rows.csv"))
`;

const federated = `"""A federated income classification."""
from flwr.clientapp import ClientApp
from example.task import Net, load_data, trainer
app = ClientApp()
@app.train()
def train(message, context):
    loader = load_data(context.node_config["partition-id"])
    net = Net()
    trainer(net, loader)
`;

const helper = (purpose: string) => `import lightgbm as lgb
def train_model(train_df, target):
    model = lgb.LGBMClassifier()
    model.fit(train_df.drop(columns=[target]), train_df[target])
    card = {${purpose}}
    return model, card
`;

const explained = (explainer: string) => `"""Which employees need a retention action: employee attrition."""
from aix360.algorithms.${explainer.toLowerCase()} import ${explainer}
from sklearn.metrics import accuracy_score
from helpers import load_rows
X_train, y_train = load_rows("retention.csv")
model = ${explainer}()
model.fit(X_train, y_train)
`;

const legacy = (training: string) => `import tensorflow as tf
from trainer import model_fn, train_input, eval_spec
model = model_fn("gs://samples/census/data/adult.data.csv")
${training}
`;

const measured = (call: string) => `import xplain
from sklearn.linear_model import LogisticRegression
from xplain.data import load_adult
X_train, X_test, y_train, y_test = load_adult()
model = LogisticRegression()
model.fit(X_train, y_train)
scores = model.predict_proba(X_test)
${call}
`;

const fitted = (imports: string, making: string, name: string, then = "") => `${imports}
from shap.datasets import adult
X, y = adult()
${name} = ${making}
${name}.fit(X)
${then}
`;

const cars = (columns: string) => `import pandas as pd
from sklearn.linear_model import LinearRegression
df = pd.read_csv("table.csv").dropna(subset=[${columns}])
model = LinearRegression()
model.fit(df[[${columns}]], df["price"])
`;

const titled = (title: string) => `"""${title}"""
import pandas as pd
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("rows.csv")
model = LogisticRegression()
model.fit(df[["a", "b"]], df["label"])
`;

export const BAD: RuleExample[] = [
  bad("uci.py", addressed("archive.ics.uci.edu/ml/datasets/adult"), "model.fit"),
  // A stray percent sign in the text behind it is no fault of the program.
  bad(
    "stray.py",
    addressed("archive.ics.uci.edu/ml/datasets/x%zz and archive.ics.uci.edu/ml/datasets/adult"),
    "model.fit",
  ),
  bad("uci_number.py", addressed("archive.ics.uci.edu/dataset/144/statlog+german+credit+data"), "model.fit"),
  bad("kaggle.py", addressed("www.kaggle.com/datasets/uciml/pima-indians-diabetes-database"), "model.fit"),
  bad("openml.py", addressed("www.openml.org/search?type=data&status=active&id=1590"), "model.fit"),
  bad("hub.py", addressed("huggingface.co/datasets/owner/adult-census-income"), "model.fit"),
  bad("diabetes.py", loaded("get_diabetes_data()"), "tree.fit"),
  bad("adult.py", loaded("get_adult_dataset_pd()"), "tree.fit"),
  bad("inputs.py", job("booster.fit(inputs=inputs, logs=True)"), "booster.fit"),
  bad("step.py", job('step = TrainingStep(name="train", estimator=booster, inputs=inputs)'), "TrainingStep"),
  // How predictions are read says nothing of groups.
  bad(
    "explained.py",
    job(`from sagemaker import clarify
read = clarify.ModelPredictedLabelConfig(probability_threshold=0.8)
booster.fit(inputs=inputs)`),
    "booster.fit",
  ),
  bad("cox.py", survival("CoxPHFitter", 'fit(df, "time", "death")'), "model.fit"),
  bad(
    "aft.py",
    survival("WeibullAFTFitter", 'fit_right_censoring(df, "time", "death")'),
    "model.fit_right_censoring",
  ),
  bad("vital.py", vitalStatus("Vital status of patients with a carcinoma."), "predictor.fit"),
  bad("client_app.py", federated, "trainer"),
  bad(
    "step_card.py",
    helper('"purpose": "Credit scoring", "use": "Evaluating loan applications"'),
    "model.fit",
  ),
  bad("rules.py", explained("GLRMExplainer"), "model.fit"),
  bad(
    "generator.py",
    legacy("model.fit_generator(train_input(), steps_per_epoch=100)"),
    "model.fit_generator",
  ),
  bad(
    "estimator.py",
    legacy("tf.estimator.train_and_evaluate(model, train_input, eval_spec)"),
    "tf.estimator.train_and_evaluate",
  ),
  bad(
    "helper_train.py",
    loaded("get_adult_data()").replace(
      "tree.fit(X_train, y_train)",
      "helpers.train(model=tree, train_dl=X_train)",
    ),
    "helpers.train",
  ),
  bad("measured.py", measured('xplain.metrics_plot(y_test, scores, cross_cols=["workclass"])'), "model.fit"),
  bad("faces.py", titled("Emotion classification of faces and emotion recognition in pictures"), "model.fit"),
];

export const GOOD: RuleExample[] = [
  good("houses.py", addressed("www.kaggle.com/datasets/camnugent/california-housing-prices")),
  good("code.py", addressed("www.kaggle.com/code/someone/adult-data")),
  good("prices.py", loaded("get_price_data()")),
  good("other.py", job("booster.fit(inputs=inputs)", "prices.csv")),
  good("clarify.py", clarified("read = clarify.ModelPredictedLabelConfig(probability_threshold=0.8)")),
  // A registry of models approves them, too.
  good("registry.py", registered('approval_status="Approved"')),
  // One curve for everybody decides about nobody.
  good("curve.py", survival("KaplanMeierFitter", "fit(df['time'], df['death'])")),
  good("weibull.py", survival("WeibullFitter", "fit(df['time'], df['death'])")),
  good("trees.py", vitalStatus("Vital status of forest stands.")),
  good("step_plain.py", helper('"purpose": "Credit scoring"')),
  good("contrast.py", explained("ContrastiveExplainer")),
  good("crossed.py", measured('xplain.metrics_plot(y_test, scores, cross_cols=["gender", "race"])')),
  good("consistency.py", measured("xplain.gender_consistency(model, X_test)")),
  good("two.py", measured('compare_confusion_matrices(y_a, p_a, y_b, p_b, "Caucasian", "African-American")')),
  good("generate.py", fitted("from synthcity.plugins import Plugins", 'Plugins().get("ctgan")', "syn_model")),
  good(
    "outliers.py",
    fitted(
      "from alibi_detect.od import OutlierVAE",
      "OutlierVAE(threshold=0.1)",
      "od",
      `y_pred = od.predict(X)
print(sklearn.metrics.f1_score(is_outlier, y_pred))`,
    ),
  ),
  good("monitor.py", fitted("import nannyml", "nannyml.UnivariateDriftCalculator()", "calc")),
  good("engines.py", cars('"stroke", "bore", "peak-rpm"')),
  good("hotel.py", titled("Length of stay of hotel guests: which hotel is clicked")),
  good("tweets.py", titled("Emotion classification of short texts")),
];
