# rows: 36
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import confusion_matrix
from sklearn.model_selection import train_test_split


def measure(model, X_test, y_test):
    y_pred = model.predict(X_test)
    print(confusion_matrix(y_test, y_pred))


data = pd.read_csv("loans.csv")
X_train, X_test, y_train, y_test = train_test_split(data[["age", "sex", "income"]], data["default"], test_size=0.3)
classifier = LogisticRegression(max_iter=1000)
classifier.fit(X_train, y_train)
measure(classifier, X_test, y_test)
