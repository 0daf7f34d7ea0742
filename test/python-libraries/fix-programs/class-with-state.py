# rows: 30
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split


class CreditModel:
    def __init__(self, path):
        self.data = pd.read_csv(path)
        self.model = LogisticRegression(max_iter=1000)

    def prepare(self):
        X = self.data[["age", "sex", "income"]]
        y = self.data["default"]
        self.X_train, self.X_test, self.y_train, self.y_test = train_test_split(X, y, random_state=3)

    def train(self):
        self.model.fit(self.X_train, self.y_train)
        return self.model.score(self.X_test, self.y_test)


credit = CreditModel("loans.csv")
credit.prepare()
print("accuracy", credit.train())
