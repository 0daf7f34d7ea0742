/**
 * One question that several meters of a device ask of the same interval (its counter and its power): the second to ask
 * gets the first one's answer, and who asks again begins a new interval.
 */
export function sharedAnswer<T>(read: () => T): (asker: string) => T {
  let latest: { answer: T } | undefined;
  const answered = new Set<string>();
  return (asker) => {
    if (!latest || answered.has(asker)) {
      latest = { answer: read() };
      answered.clear();
    }
    answered.add(asker);
    return latest.answer;
  };
}
