# rows: 120
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_score

df = pd.read_csv("loans.csv")
X = df[["age", "sex", "income"]]
y = df["default"]
model = LogisticRegression(max_iter=1000)
scores = cross_val_score(model, X, y, cv=3)
print("accuracy", scores.mean())
