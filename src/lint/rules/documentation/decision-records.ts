/** What in a program keeps a record of requests or decisions: loggers of predictions, middleware, writes to a store. */

import { pattern } from "../../pattern.ts";
import type { Call, PythonFacts } from "../../python/python-facts.ts";

const SUBJECT = "(?:prediction|decision|request|inference|score|scoring|response|audit|feedback)s?";
/** `log_prediction`, `save_decisions`, `PredictionLog`, `audit_trail`, `RequestLoggingMiddleware`. */
const NAMED = new RegExp(
  `(?:log|record|store|save|persist|track|insert|publish|emit|capture|write|monitor)_?\\w{0,12}_?${SUBJECT}|${SUBJECT}_?(?:log|record|store|event|history|trail|repo|db|table|middleware)|^audit(?:_|$)`,
  "i",
);
const MONITORS =
  /^(?:whylogs|evidently|arize|fiddler|nannyml|aporia|mona_sdk|superwise|deepchecks|langfuse|phoenix|opentelemetry|elasticapm|seldon_core|alibi_detect)\b/;
const PLAIN_MIDDLEWARE = /CORS|GZip|TrustedHost|HTTPSRedirect|Session|Compress|Static/;

/** Names of files that may hold what records, and are read for it although nothing in them is about models. */
const FILES =
  /(?:^|[/_])(?:middlewares?|audit\w*|log(?:s|ging|gers?)?|monitor\w*|track\w*|events?|db|database|crud|repositor(?:y|ies)|stores?|storage|telemetry)\.py$/i;

/** Names of what records; empty where nothing does. */
export function decisionRecords(facts: PythonFacts): string[] {
  const found = new Set<string>();
  for (const { module } of facts.imports) if (MONITORS.test(module)) found.add(module);
  for (const { name, bases } of facts.definitions)
    if (NAMED.test(name) || bases.some((base) => /HTTPMiddleware$/.test(base))) found.add(name);
  for (const call of facts.calls) {
    if (NAMED.test(call.method) || NAMED.test(call.receiver?.name?.split(".").at(-1) ?? ""))
      found.add(call.receiver?.name === undefined ? call.method : `${call.receiver.name}.${call.method}`);
    else if (isMiddleware(call)) found.add(call.method);
  }
  return [...found].slice(0, 5);
}

/** The same of a file that the reader passes over: names of definitions, where the file's name asks for a look. */
export function recordsInText(file: string, text: string): string[] {
  if (!FILES.test(file)) return [];
  const heads = text.matchAll(/^[ \t]*(?:async[ \t]+def|def|class)[ \t]+(\w+)[ \t]*(\([^)\n]*)?/gm);
  return [...heads]
    .filter(([, name, bases]) => NAMED.test(name!) || /HTTPMiddleware/.test(bases ?? ""))
    .map(([, name]) => name!)
    .slice(0, 5);
}

function isMiddleware(call: Call): boolean {
  if (call.method === "middleware") return true;
  return call.method === "add_middleware" && !PLAIN_MIDDLEWARE.test(call.args[0]?.text ?? "");
}

const LOGS = /^(?:debug|info|warning|warn|error|critical|exception|log|bind|msg)$/;
const WRITES = pattern()`
  ^(?:
    insert_one|insert_many|insert|add_all|to_sql|writerow|writerows|send|produce|publish|put_record|
    put_item|put_object|log_metric|log_param|log_params|log_dict|add_task|create|execute|set|lpush|rpush|
    xadd
  )$
`;
const TELLS =
  /(?:^|[^a-z])(?:\w*_?id|uuid\w*|version|request|payload|input\w*|features?|body|data|prediction\w*|pred\w*|score|result|decision|row)(?:[^a-z]|$)/i;

/** The line in a service's own file that keeps something of a request; undefined where there is none. */
export function ownRecord(facts: PythonFacts): string | undefined {
  const [named] = decisionRecords(facts);
  if (named !== undefined) return named;
  const call = facts.calls.find((each) => {
    if (each.inFunction === undefined) return false;
    const owner = each.receiver?.name ?? "";
    const said = [...each.args, ...each.keywords.values()].map(({ text }) => text).join(" ");
    if (LOGS.test(each.method) && /log|structlog|loguru/i.test(`${owner} ${each.callee}`))
      return TELLS.test(said);
    if (each.method === "print") return TELLS.test(said);
    if (each.method === "add" && /session|db|conn/i.test(owner)) return true;
    return (
      WRITES.test(each.method) &&
      /db|session|conn|cursor|collection|table|producer|queue|client|redis|kafka|writer|mlflow|tasks?$|s3|dynamo|objects/i.test(
        owner,
      )
    );
  });
  return call?.calleeRange === undefined ? undefined : call.method;
}
