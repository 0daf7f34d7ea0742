# rows: 24
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split

df = pd.read_csv("loans.csv")
train_df, test_df = train_test_split(df, test_size=0.2, random_state=0)
clf = LogisticRegression(max_iter=1000)
clf.fit(train_df[["sex", "age", "income"]], train_df["default"])
test_df["pred"] = clf.predict(test_df[["sex", "age", "income"]])
