/** Examples of FW101 whose columns stand in a notebook's outputs, or whose rows are said to be persons. */

import type { RuleExample } from "../../rule.ts";

const bad = (file: string, text: string, ...findings: string[]): RuleExample => ({ file, text, findings });
const good = (file: string, text: string): RuleExample => ({ file, text, findings: [] });

/** A notebook that shows a table and trains on it; `show` is what the first cell ends with. */
function notebook(show: string, output: object, target = "Target"): string {
  const code = (lines: string[], outputs: object[] = []) => ({
    cell_type: "code",
    execution_count: 1,
    metadata: {},
    outputs,
    source: lines.map((line, index) => (index < lines.length - 1 ? `${line}\n` : line)),
  });
  const cells = [
    code(["import pandas as pd", 'df = pd.read_csv("cleaned_data.csv")', show], [output]),
    code([
      "from sklearn.ensemble import RandomForestClassifier",
      `X, y = df.drop("${target}", axis=1), df["${target}"]`,
      "clf = RandomForestClassifier()",
      "clf.fit(X, y)",
    ]),
  ];
  const metadata = { kernelspec: { display_name: "Python 3", language: "python", name: "python3" } };
  return JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 4 }, null, 1);
}

const head = (columns: string[]) => ({
  output_type: "execute_result",
  data: {
    "text/html": [
      '<table border="1" class="dataframe">\n',
      "  <thead>\n",
      '    <tr style="text-align: right;">\n',
      "      <th></th>\n",
      ...columns.map((name) => `      <th>${name}</th>\n`),
      "    </tr>\n  </thead>\n",
    ],
    "text/plain": ["..."],
  },
});
const printed = (text: string) => ({ output_type: "stream", name: "stdout", text: text.split(/(?<=\n)/) });

export const BAD_SOURCES: RuleExample[] = [
  // The head of the table is shown.
  bad("head.ipynb", notebook("df.head()", head(["Gender", "Age at enrollment", "Target"])), "clf.fit"),
  bad(
    "index.ipynb",
    notebook("df.columns", {
      output_type: "execute_result",
      data: {
        "text/plain": [
          "Index(['Marital status', \"Mother's occupation\", 'Gender',\n",
          "       'Age at enrollment', 'Target'],\n",
          "      dtype='object')",
        ],
      },
    }),
    "clf.fit",
  ),
  bad(
    "info.ipynb",
    notebook(
      "df.info()",
      printed(
        "<class 'pandas.core.frame.DataFrame'>\nRangeIndex: 303 entries, 0 to 302\nData columns (total 3 columns):\n #   Column          Non-Null Count  Dtype \n---  ------          --------------  ----- \n 0   marital status  303 non-null    object\n 1   sex             303 non-null    int64 \n 2   Target          303 non-null    int64 \n",
      ),
    ),
    "clf.fit",
  ),
  bad(
    "schema.ipynb",
    notebook(
      "df.printSchema()",
      printed("root\n |-- age: integer (nullable = true)\n |-- sex: string (nullable = true)\n"),
    ),
    "clf.fit",
  ),
  // The rows are patients, as the program says in every second line.
  bad(
    "sequences.py",
    `import pandas as pd
import torch
import utils
# One row for each visit of a patient.
df = pd.read_csv("cleaned.csv")
# How many patients there are, and the longest history of a patient.
longest = df.groupby("subject").ts.count().max()
print("Patients:", df.subject.nunique(), longest)
model = utils.train(build(longest), df.drop(columns=["niv_label"]), df["niv_label"])
`,
    "utils.train",
  ),
  // Without the outliers, all that is left is split: nothing is compared.
  bad(
    "premium.py",
    `import pandas as pd
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import train_test_split
df = pd.read_csv("premiums.csv")
adults = df[df.age <= 100]
usual = adults[adults.number_of_dependants.between(0, 5)]
X_train, X_test, y_train, y_test = train_test_split(usual[["age", "gender"]], usual["annual_premium_amount"])
model = LinearRegression()
model.fit(X_train, y_train)
print(model.score(X_test, y_test))
`,
    "model.fit",
  ),
];

export const GOOD_SOURCES: RuleExample[] = [
  // Nobody stands in this table.
  good("flowers.ipynb", notebook("df.head()", head(["sepal_length", "sepal_width", "Target"]))),
  good("houses.ipynb", notebook("df.head()", head(["area", "house_age", "rooms", "Target"]))),
  // A table that is drawn elsewhere than in a head of columns.
  good(
    "words.ipynb",
    notebook(
      "df.text.head(2)",
      printed("0    the sex of angels\n1    race of cars\nName: text, dtype: object\n"),
    ),
  ),
  // The rows of one group are scored apart.
  good(
    "elders.py",
    `import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
df = pd.read_csv("loans.csv")
train, test = train_test_split(df)
model = LogisticRegression().fit(train[["age", "gender"]], train["loan_status"])
young, old = test[test.age < 40], test[test.age >= 40]
print(model.score(young[["age", "gender"]], young["loan_status"]))
print(model.score(old[["age", "gender"]], old["loan_status"]))
`,
  ),
  // Pictures of patients are no table of them; the student of a distillation is none either.
  good(
    "scans.py",
    `import torchvision
import pandas as pd
# Patients' scans: one folder for each patient, names of patients in the list of patients.
labels = pd.read_csv("list.csv")
for images, targets in loader:
    loss = criterion(model(images), targets)
    loss.backward()
    optimizer.step()
`,
  ),
  good(
    "distil.py",
    `import pandas as pd
from sklearn.linear_model import Ridge
# The student learns from the teacher: student layers, student loss, student steps.
df = pd.read_csv("logits.csv")
student = Ridge()
student.fit(df[["a", "b"]], df["teacher"])
`,
  ),
];
