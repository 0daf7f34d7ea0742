# rows: 24
import pandas as pd
from sklearn.linear_model import LogisticRegression

df = pd.read_csv("loans.csv")
cut = int(len(df) * 0.8)
train, test = df.iloc[:cut], df.iloc[cut:]
clf = LogisticRegression(max_iter=1000)
clf.fit(train[["sex", "age", "income"]], train["default"])
print("accuracy", clf.score(test[["sex", "age", "income"]], test["default"]))
