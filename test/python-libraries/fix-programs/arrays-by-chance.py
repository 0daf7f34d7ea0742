# rows: 30
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import LabelEncoder

df = pd.read_csv("loans.csv")
df = df.dropna()
X = df[["age", "sex", "income"]].to_numpy()
y = LabelEncoder().fit_transform(df["default"])
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.25)
classifier = LogisticRegression(max_iter=1000)
classifier.fit(X_train, y_train)
