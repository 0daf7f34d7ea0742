/** Translation as a parameter, so that what only makes texts needs no editor: the editor passes `vscode.l10n.t`. */
export type Translate = (message: string, ...args: (string | number | boolean)[]) => string;

/** The English texts as they stand, with `{0}` filled in: what `vscode.l10n.t` does where no translation is loaded. */
export const untranslated: Translate = (message, ...args) =>
  message.replace(/\{(\d+)\}/g, (whole, index: string) => String(args[Number(index)] ?? whole));
