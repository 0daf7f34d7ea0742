/** Puts one of the built pages into a panel. */

import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import { pageHtml } from "./html.ts";

/** @param page a folder of webview/, as `dist/webview/<page>.js` and `.css` */
export function loadPage(
  webview: vscode.Webview,
  extensionUri: vscode.Uri,
  page: string,
  strings: { "page.title": string; "page.loading": string },
): void {
  const folder = vscode.Uri.joinPath(extensionUri, "dist", "webview");
  const uri = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(folder, name)).toString();
  webview.options = { enableScripts: true, localResourceRoots: [folder] };
  webview.html = pageHtml({
    cspSource: webview.cspSource,
    scriptUri: uri(`${page}.js`),
    styleUri: uri(`${page}.css`),
    nonce: randomBytes(16).toString("base64url"),
    title: strings["page.title"],
    language: vscode.env.language,
    loading: strings["page.loading"],
  });
}
