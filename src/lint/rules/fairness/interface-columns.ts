/** Columns that only a user interface names: labels of its fields, what a form sends, the row that is made of both. */

import type { TextRange } from "../../finding.ts";
import type { Call, PythonFacts, Value } from "../../python/python-facts.ts";
import type { TrainingEvent } from "./training-event.ts";

const LIBRARIES =
  /^(?:streamlit|gradio|dash|nicegui|panel|shiny|tkinter|customtkinter|flask|fastapi|django|bottle|quart|sanic|ipywidgets|taipy|PyQt\d|PySide\d|wtforms|flask_wtf)\b/;
const FIELDS =
  /(?:^|\.)(?:selectbox|number_input|text_input|slider|select_slider|radio|checkbox|multiselect|date_input|Dropdown|Textbox|Slider|Radio|Number|Checkbox|Combobox|OptionMenu|Entry|Spinbox)$/;
/** What a form or a request sends: `request.form["gender"]`, `request.get_json()`. */
const SENT = /\brequest\.(?:form|json|args|values|data|get_json|POST|GET)\b/;
const ROUTE = /\.(?:route|get|post|put|patch|websocket|callback|api_route)$/;

/** Tells whether the program names a column nowhere but in its interface; undefined for one that has none. */
export function interfaceColumns(
  facts: PythonFacts,
  { call }: TrainingEvent,
): ((name: string) => boolean) | undefined {
  if (!facts.imports.some(({ module }) => LIBRARIES.test(module))) return undefined;
  const parts = interfaceParts(facts).filter((part) => !holds(part, call.range));
  const elsewhere = new Set<string>();
  for (const { name, range } of facts.columns) if (!within(range)) elsewhere.add(name);
  for (const { value, range } of facts.strings) if (!within(range)) elsewhere.add(value);
  return (name) => !elsewhere.has(name);

  function within(range: TextRange): boolean {
    return parts.some((part) => holds(part, range));
  }
}

const holds = (outer: TextRange, inner: TextRange) => outer.start <= inner.start && inner.end <= outer.end;
const isField = ({ callee, method }: Call) => LIBRARIES.test(callee) || FIELDS.test(method);

function interfaceParts({ calls, assignments, definitions }: PythonFacts): TextRange[] {
  const shown = calls.filter(isField);
  const asked = new Set(shown.flatMap(({ targets }) => targets));
  const isAsked = ({ reads, text, call }: Value) =>
    reads.some((name) => asked.has(name)) || (call !== undefined && isField(call)) || SENT.test(text);
  const parts: TextRange[] = [...shown.map(({ range }) => range)];
  for (const { target, value, range } of assignments)
    if (isAsked(value)) {
      // What is made of an answer is one itself: `row = {"Gender": gender}`, `frame = pd.DataFrame([row])`.
      if (/^\w+$/.test(target)) asked.add(target);
      parts.push(range);
    }
  // Functions that answer a request, and those that a button or a page calls.
  const called = new Set(
    shown.flatMap(({ keywords, args }) => [...keywords.values(), ...args].map(({ name }) => name)),
  );
  for (const { kind, name, decorators, range } of definitions)
    if (kind === "function" && (decorators.some((each) => ROUTE.test(each)) || called.has(name)))
      parts.push(range);
  return parts;
}
