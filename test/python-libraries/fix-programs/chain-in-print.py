# rows: 30
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split

df = pd.read_csv("loans.csv")
X_train, X_test, y_train, y_test = train_test_split(df[["sex", "age", "income"]], df["default"], random_state=1)
print("accuracy", LogisticRegression(max_iter=1000).fit(X_train, y_train).score(X_test, y_test))
