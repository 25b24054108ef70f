#!/bin/bash
# Every page as five people in four languages, before the Nu checker and axe: links, widths, the console, words.
# Nothing in it hangs on time, so that it runs beside other tests. Read next: tests/browser/pages.mjs.
cd "$(dirname "$0")/.."
exec tests/run_browser.sh pages
