/** Examples of FW101 where little tells the subject: a package, the names of a table of errors, a comment, a loader. */

import type { RuleExample } from "../../../rule.ts";

const bad = (file: string, text: string, ...findings: string[]): RuleExample => ({ file, text, findings });
const good = (file: string, text: string): RuleExample => ({ file, text, findings: [] });

const estimator = (of: string) => `import tensorflow as tf
from ${of}.cnn import model_fn, images_fn
estimator = tf.estimator.Estimator(model_fn=model_fn, model_dir="out")
train = tf.estimator.TrainSpec(input_fn=images_fn, max_steps=500)
tf.estimator.train_and_evaluate(estimator, train, tf.estimator.EvalSpec(input_fn=images_fn))
`;

const errors = (one: string, other: string) => `import pandas as pd
from sklearn.metrics import confusion_matrix
from training import train_random_forest
X_train, X_test, y_train, y_test = [pd.read_csv(f"split/{part}.csv") for part in range(4)]
model = train_random_forest(X_train, y_train)
cm = confusion_matrix(y_test, model.predict(X_test))
print(pd.DataFrame(cm, index=["Actual ${one}", "Actual ${other}"], columns=["Predicted ${one}", "Predicted ${other}"]))
`;

const numbered = (comment: string) => `import pandas as pd
from sklearn.ensemble import RandomForestClassifier
X, y = pd.read_pickle("x.pkl"), pd.read_pickle("y.pkl")
${comment}
model = RandomForestClassifier()
model.fit(X.iloc[:, [0, 5]], y)
`;

const builds = (label: string) => `from pipeline import classifier, loader
df = loader.load()
xs, ys = df.drop(columns="${label}"), df["${label}"]
xs_train, xs_test, y_train, y_test = classifier.split(xs, ys)
model = classifier.build_model(xs_train, y_train)
`;

const splits = (data: string) => `from training.model import data, models
train_features, test_features, train_labels, test_labels = data.split("${data}")
model = models.Forest().model_training(train_features, train_labels)
`;

const additive = (loader: string) => `from pygam import LinearGAM, f, s
from pygam.datasets import ${loader}
X, y = ${loader}(return_X_y=True)
gam = LinearGAM(s(0) + s(1) + f(2)).gridsearch(X, y)
`;

export const BAD: RuleExample[] = [
  bad("task.py", estimator("age_gender_estimation"), "tf.estimator.train_and_evaluate"),
  bad("errors.py", errors("<=50K", ">50K"), "train_random_forest"),
  bad("strokes.py", errors("No Stroke", "Stroke"), "train_random_forest"),
  bad("columns.py", numbered("# LIMIT_BAL    (0)\n# PAY_X: PAY_0 to PAY_6    (5-11)"), "model.fit"),
  bad("builder.py", builds("SeriousDlqin2yrs"), "classifier.build_model"),
  bad("splits.py", splits("data/loan_approval.csv"), "models.Forest().model_training"),
  bad("wages.py", additive("wage"), "LinearGAM(s(0) + s(1) + f(2)).gridsearch"),
];

export const GOOD: RuleExample[] = [
  good("task.py", estimator("depth_estimation")),
  good("errors.py", errors("Cracked", "Whole")),
  good("columns.py", numbered("# pressure    (0)\n# flow_x: flow_0 to flow_6    (5-11)")),
  // What other programs call theirs, and no list.
  good("prose.py", numbered("# Unlike LIMIT_BAL and PAY_0 of the course these are pressures")),
  good("builder.py", builds("bearing_wear")),
  good("splits.py", splits("data/bearings.csv")),
  good("motorcycles.py", additive("mcycle")),
];
