# rows: 120
import pandas as pd
from sklearn.linear_model import LogisticRegression

df = pd.read_csv("loans.csv")
X = df[["sex", "age", "income"]]
y = df["default"]
clf = LogisticRegression(max_iter=1000)
clf.fit(X, y)
print("accuracy", clf.score(X, y))
