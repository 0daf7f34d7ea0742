# rows: 60
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import classification_report

train = pd.read_csv("loans.csv")
test = pd.read_csv("later.csv")
features = ["age", "sex", "income"]
X_train, y_train = train[features], train["default"]
X_test, y_test = test[features], test["default"]
clf = LogisticRegression(max_iter=1000)
clf.fit(X_train, y_train)
print(classification_report(y_test, clf.predict(X_test)))
