# rows: 30
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split

FEATURES = ["age", "sex", "income"]


def train(df):
    X_train, X_test, y_train, y_test = train_test_split(df[FEATURES], df["default"], random_state=0)
    clf = LogisticRegression(max_iter=1000)
    clf.fit(X_train, y_train)
    return clf.score(X_test, y_test)


if __name__ == "__main__":
    print("accuracy", train(pd.read_csv("loans.csv")))
