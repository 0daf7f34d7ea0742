# rows: 24
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split

df = pd.read_csv("loans.csv")
X_train, X_test, y_train, y_test = train_test_split(
    df[["age", "sex", "income"]],
    df["default"],
    test_size=0.2,
    random_state=0,
)
clf = LogisticRegression(
    max_iter=1000,
).fit(
    X_train,
    y_train,
)
y_pred = clf.predict(
    X_test,
)
