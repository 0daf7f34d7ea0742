/** Scripts and notebooks of machine learning, as long as is asked for. */

const BLOCK = (n: number) => `
# Model ${n}
frame_${n} = pd.read_csv("loans_${n}.csv")
frame_${n}["debt_ratio"] = frame_${n}["debt"] / frame_${n}["income"]
features_${n} = ["age", "sex", "income", "debt_ratio", "employment_years"]
X_${n} = frame_${n}[features_${n}]
y_${n} = frame_${n}["loan_status"]
X_train_${n}, X_test_${n}, y_train_${n}, y_test_${n} = train_test_split(X_${n}, y_${n}, random_state=${n})
model_${n} = Pipeline([("scale", StandardScaler()), ("model", LogisticRegression(max_iter=${100 + n}))])
model_${n}.fit(X_train_${n}, y_train_${n})
predicted_${n} = model_${n}.predict(X_test_${n})
print(classification_report(y_test_${n}, predicted_${n}))


def train_network_${n}(loader, epochs=${20 + n}):
    network = nn.Sequential(nn.Linear(5, 64), nn.ReLU(), nn.Linear(64, 2)).cuda()
    optimizer = torch.optim.Adam(network.parameters(), lr=1e-3)
    for epoch in range(epochs):
        for batch, target in loader:
            optimizer.zero_grad()
            loss = nn.functional.cross_entropy(network(batch.cuda()), target.cuda())
            loss.backward()
            optimizer.step()
    return network
`;

const HEAD = `import pandas as pd
import torch
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import classification_report
from sklearn.model_selection import train_test_split
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler
from torch import nn
`;

export function script(lines: number): string {
  const all = HEAD.split("\n");
  for (let n = 0; all.length < lines; n++) all.push(...BLOCK(n).split("\n"));
  return `${all.slice(0, lines).join("\n")}\n`;
}

/** Each cell a model: as the editor sends a notebook that is open, without its outputs. */
export function notebook(cells: number, typed = ""): string {
  const code = (source: string) => ({ cell_type: "code", metadata: {}, source });
  const middle = Math.floor(cells / 2);
  const sources = Array.from(
    { length: cells },
    (_, n) => (n === 0 ? HEAD : BLOCK(n)) + (n === middle ? typed : ""),
  );
  return JSON.stringify({ cells: sources.map(code), metadata: {}, nbformat: 4, nbformat_minor: 5 });
}
