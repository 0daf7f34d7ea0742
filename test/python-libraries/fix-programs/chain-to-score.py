# rows: 30
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split


def main():
    df = pd.read_csv("loans.csv")
    X_train, X_test, y_train, y_test = train_test_split(df.drop(columns="default"), df["default"])
    score = LogisticRegression(max_iter=1000).fit(X_train[["sex", "income"]], y_train).score(X_test[["sex", "income"]], y_test)
    print("accuracy", score)


main()
