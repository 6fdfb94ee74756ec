// Types of browser.mjs, for the Playwright configuration.

/** Path of $CHROMIUM or of a Chromium on PATH; undefined when there is none. */
export function findBrowser(env?: Record<string, string | undefined>): string | undefined
