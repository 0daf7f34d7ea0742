# rows: 120
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_score

df = pd.read_csv("loans.csv")
print("accuracy", cross_val_score(LogisticRegression(max_iter=1000), df[["sex", "income"]], df["default"]).mean())
