/**
 * Stands in for the context that WXT gives a content script. WXT's own sends an event through every page's document, by
 * which a page can tell that the extension is there and switch its script off, and holds code that reads the page's
 * address. The picker needs none of it: it acts only while the panel's port is open, and the port ends with the panel,
 * the page and the extension.
 */
export class ContentScriptContext {}
