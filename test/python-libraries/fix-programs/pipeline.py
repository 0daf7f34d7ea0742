# rows: 30
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.compose import ColumnTransformer
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

df = pd.read_csv("loans.csv")
target = "default"
numeric = ["age", "income"]
categorical = ["sex", "housing"]
X_train, X_test, y_train, y_test = train_test_split(df[numeric + categorical], df[target], stratify=df[target], random_state=7)
preprocess = ColumnTransformer([
    ("numeric", StandardScaler(), numeric),
    ("categorical", OneHotEncoder(handle_unknown="ignore"), categorical),
])
pipeline = Pipeline([("preprocess", preprocess), ("model", LogisticRegression())])
pipeline.fit(X_train, y_train)
y_pred = pipeline.predict(X_test)
