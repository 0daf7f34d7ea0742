# rows: 40
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score
from sklearn.model_selection import StratifiedKFold

df = pd.read_csv("loans.csv")
X = df[["age", "sex", "income"]]
y = df["default"]
for train, test in StratifiedKFold(3).split(X, y):
    model = LogisticRegression(max_iter=1000)
    model.fit(X.iloc[train], y.iloc[train])
    y_pred = model.predict(X.iloc[test])
    print(accuracy_score(y.iloc[test], y_pred))
