# rows: 30
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split

df = pd.read_csv("loans.csv")
X = df[["age", "sex", "income"]]
y = df[["default"]]
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
model = LogisticRegression(max_iter=1000)
model.fit(X_train, y_train.values.ravel())
y_pred = model.predict(X_test)
