# rows: 30
import pandas as pd
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import train_test_split

df = pd.read_csv("loans.csv")
X = df[["sex", "age", "default"]]
y = df["income"]
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
model = LinearRegression().fit(X_train, y_train)
print("R2", model.score(X_test, y_test))
