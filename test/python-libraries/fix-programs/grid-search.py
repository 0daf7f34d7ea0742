# rows: 36
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.model_selection import GridSearchCV

df = pd.read_csv("loans.csv")
X = df.drop(columns=["default", "housing"])
y = df["default"]
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.3, stratify=y)
search = GridSearchCV(LogisticRegression(max_iter=1000), {"C": [1, 10]})
search.fit(X_train, y_train)
print(search.best_params_, df["sex"].mean())
predicted = search.best_estimator_.predict(X_test)
