/** FW312: a page or a server fits its model again at every run. Opt-in. */

import type { Finding, Fix } from "../finding.ts";
import { lineAt, logicalLinesOf } from "../python/logical-lines.ts";
import type { Call, PythonFacts } from "../python/python-facts.ts";
import { findingOf, type Rule, type RuleContext } from "../rule.ts";
import { isServing, type TrainingEvent } from "./fairness/training-event.ts";
import { trainingEvents } from "./fairness/training-events.ts";
import { aliasOf, newlineOf, simpleStatementAt } from "./training/edits.ts";
import { usedInLastRun } from "./training/measured.ts";
import { callersOf } from "./training/torch-training.ts";

const CACHES = /cache|singleton|memo/i;
/** A model that is kept, or fitted when a person asks for it. */
const KEPT =
  /session_state|(?:joblib|pickle|cloudpickle|dill|skops\.io|torch)\.load$|load_model$|os\.path\.exists|\.exists$|isfile$/;

function check({ facts, evidence }: RuleContext): Finding[] {
  if (facts.kind !== "python" || facts.isNotebook || !isServing(facts)) return [];
  const streamlit = aliasOf(facts, "streamlit");
  const events = trainingEvents(facts).filter(
    ({ kind, call }) => kind === "fit" && runsAlways(facts, call, streamlit !== undefined),
  );
  const event = events[0];
  if (
    event === undefined ||
    facts.calls.some(({ callee }) => KEPT.test(callee)) ||
    /session_state/.test(facts.text)
  )
    return [];
  const used = usedInLastRun(evidence);
  return [
    findingOf(retrainEveryRun, {
      range: event.call.calleeRange,
      message:
        streamlit === undefined
          ? `${event.text} trains the model at every start of the server, in every worker.`
          : `${event.text} trains the model again at every interaction with the page.`,
      why: [
        streamlit === undefined
          ? "It stands at the module's level of a file that serves."
          : "Streamlit runs the whole file again at each interaction, and nothing caches the fit.",
        ...(used === undefined ? [] : [used]),
      ],
      silencedBy: retrainEveryRun.docs.silencedBy,
      fixes: streamlit === undefined ? [] : cached(facts, event, streamlit),
    }),
  ];
}

/** At the margin, or in a function called from there that nothing caches: not behind a button or another condition. */
function runsAlways(facts: PythonFacts, call: Call, page: boolean, seen: readonly string[] = []): boolean {
  if (call.decorators.some((name) => CACHES.test(name))) return false;
  const { inFunction } = call;
  if (inFunction === undefined) return lineAt(logicalLinesOf(facts), call.range.start)?.indent === "";
  if (!page || seen.includes(inFunction)) return false;
  // Deeper than the function's own body: behind a condition.
  const name = inFunction.slice(inFunction.lastIndexOf(".") + 1);
  const definition = facts.definitions.find((each) => each.kind === "function" && each.name === name);
  const lines = logicalLinesOf(facts);
  const own = lineAt(lines, call.range.start);
  const first = definition && lines.find(({ start }) => start > definition.range.start);
  if (own === undefined || first === undefined || own.indent !== first.indent) return false;
  return callersOf(facts, inFunction).some((caller) =>
    runsAlways(facts, caller, page, [...seen, inFunction]),
  );
}

/** The function of the fit, or a new one around it, decorated with the page's cache. */
function cached(facts: PythonFacts, { call }: TrainingEvent, streamlit: string): Fix[] {
  const title = "Cache the fitted model with st.cache_resource";
  const newline = newlineOf(facts.text);
  if (call.inFunction !== undefined) {
    const definition = facts.definitions.find(
      ({ kind, name }) => kind === "function" && name === call.inFunction,
    );
    const line = definition && lineAt(logicalLinesOf(facts), definition.range.start);
    if (line === undefined || definition?.decorators.length !== 0) return [];
    const edit = {
      range: { start: line.start, end: line.start },
      newText: `@${streamlit}.cache_resource${newline}${line.indent}`,
    };
    return [{ title, safety: "unsafe", edits: [edit] }];
  }
  const statement = simpleStatementAt(facts, call.range);
  const model = call.receiver?.name;
  if (statement === undefined || model === undefined || !/^\w+$/.test(model) || call.method !== "fit")
    return [];
  const written = facts.text.slice(call.range.start, call.range.end);
  // Only where the statement is the fit and nothing else.
  if (statement.start !== call.range.start || statement.end !== call.range.end || written.includes("\n"))
    return [];
  const newText = [
    `@${streamlit}.cache_resource`,
    "def fitted_model():",
    `    return ${written}`,
    "",
    "",
    `${model} = fitted_model()`,
  ].join(newline);
  return [{ title, safety: "unsafe", edits: [{ range: call.range, newText }] }];
}

const page = (fit: string) => `import pandas as pd
import streamlit as st
from sklearn.ensemble import RandomForestClassifier

data = pd.read_csv("houses.csv")
X, y = data.drop(columns=["price"]), data["price"]
model = RandomForestClassifier()
${fit}
st.write(model.predict(X.head()))
`;

export const retrainEveryRun: Rule = {
  code: "FW312",
  name: "retrain-every-run",
  default: false,
  severity: "hint",
  fix: "unsafe",
  appliesTo: ["python"],
  docs: {
    what: "A Streamlit page fits its model at every interaction, or a server fits it at every start.",
    why: "The result is the same each time. Streamlit runs the whole file again for each click of each visitor; a server trains once per worker and restart.",
    silencedBy: [
      "`st.cache_resource` or another cache, `st.session_state`.",
      "A model that is loaded from a file, or fitted only behind a button or another condition.",
    ],
    fixSafety: "The cached model stays as it is while the page runs, also when the data change.",
    references: ["Streamlit documentation, Caching: st.cache_resource (2026)"],
  },
  examples: {
    bad: [
      { file: "page.py", text: page("model.fit(X, y)"), findings: ["model.fit"] },
      {
        file: "function.py",
        text: page("def train():\n    return model.fit(X, y)\n\n\nmodel = train()"),
        findings: ["model.fit"],
      },
      {
        file: "server.py",
        text: 'from fastapi import FastAPI\nfrom sklearn.linear_model import LogisticRegression\n\napp = FastAPI()\nmodel = LogisticRegression()\nmodel.fit(X, y)\n\n\n@app.get("/")\ndef predict(x: float):\n    return model.predict([[x]])[0]\n',
        findings: ["model.fit"],
      },
    ],
    good: [
      {
        file: "cached.py",
        text: page("@st.cache_resource\ndef train():\n    return model.fit(X, y)\n\n\nmodel = train()"),
        findings: [],
      },
      { file: "button.py", text: page('if st.button("Train"):\n    model.fit(X, y)'), findings: [] },
      { file: "loaded.py", text: page('import joblib\nmodel = joblib.load("model.joblib")'), findings: [] },
      { file: "session.py", text: page("st.session_state.model = model.fit(X, y)"), findings: [] },
      {
        file: "script.py",
        text: page("model.fit(X, y)").replace("import streamlit as st\n", "import logging as st\n"),
        findings: [],
      },
    ],
  },
  check,
};
