/** How TensorFlow 1 trains: a step of the graph that a session runs, an estimator that is given a function of its data. */

import type { Call, PythonFacts } from "../../python/python-facts.ts";

const STEP = /(?:^|[\s.([])(?:\w*train(?:ing)?_(?:op|step)|optimi[sz]er?|opt_op|train)\b/;
/** The two sides of a generator's training. */
const OF_GENERATOR = /(?:^|[\s.([])(?:[gd]|gen|disc|generator|discriminator)_/i;
const OPTIMIZER = /opt|adam|sgd|rmsprop|solver|trainer/i;
const LOOPS =
  /^tensorflow\.contrib\.(?:layers\.optimize_loss|slim\.learning\.train|training\.train|learn\..*\.fit)$/;

export function trainsGraph(call: Call, facts: PythonFacts): boolean {
  const { method, callee, receiver, args, keywords } = call;
  if (LOOPS.test(callee)) return true;
  // `optimizer.minimize(loss)`
  if (method === "minimize") {
    const loss = args[0] ?? keywords.get("loss");
    const by = `${receiver?.name ?? ""} ${receiver?.call?.callee ?? ""}`;
    return loss !== undefined && OPTIMIZER.test(by) && !OF_GENERATOR.test(loss.text) && isOfGraphs(facts);
  }
  // `session.run([train_op, loss], feed_dict={...})`
  if (method === "run") {
    const fetched = args[0]?.text ?? "";
    return (
      (keywords.has("feed_dict") || /sess/i.test(receiver?.name ?? "")) &&
      STEP.test(fetched) &&
      !OF_GENERATOR.test(fetched) &&
      isOfGraphs(facts)
    );
  }
  // `classifier.train(input_fn=...)`
  return method === "train" && keywords.has("input_fn");
}

const isOfGraphs = ({ imports }: PythonFacts) =>
  imports.some(({ module }) => /^(?:tensorflow|tflearn|tensorpack)\b/.test(module));
