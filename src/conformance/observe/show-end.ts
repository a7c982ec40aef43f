import { showJson } from './show-json.ts'

const MOST_SHOWN = 80

/** The end of a text as JSON, so that line ends can be seen. */
export function showEnd(text: string): string {
  return showJson(text.slice(-MOST_SHOWN).replace(/^\p{Cs}/u, ''))
}
