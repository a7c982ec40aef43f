/**
 * What software writes and no agent says, at the start of an answer; each from its first character.
 * A text that speaks about an error is none of these.
 */
const ERRORS = [
  /^Traceback \(most recent call last\)/,
  /^Error code: [45]\d\d\b/,
  /^(?:[a-z_]\w*\.){0,9}[A-Z]\w*(?:Error|Exception)(?: \d+)?: \S/,
  /^\[[\w .-]{0,60}(?:Error|ERROR|Exception)\]: \S/,
  /^\[(?:Error|ERROR|Exception): [^\]]{1,2000}\]$/,
  /^<(?:!doctype html|html)\b/i,
  /^\{\s{0,9}"error"\s{0,9}:/,
  /^upstream connect error or disconnect\/reset before headers/,
  /^HTTPS?ConnectionPool\(host=/,
  /^(?:Error|ERROR|Exception)(?: \d+| \(\d+\))?: [^\n]{0,200}\b(?:E(?:CONN|TIMEDOUT|NOTFOUND)|connect(?:ion)? (?:reset|refused|error|timed out)|socket hang up|fetch failed|timed out|timeout|status code|https?:\/\/|api key|quota|rate limit|internal server error|bad gateway|service unavailable|too many requests)\b/i,
  /^(?:Internal Server Error|Bad Gateway|Service Unavailable|Gateway Time-?out|Too Many Requests)[^\w!?]*$/,
]

/** How each of them may begin: so much is held back until it is clear. */
const BEGINNINGS =
  /^(?:Trac(?:e(?:b(?:a(?:c(?:k(?: \([^)]{0,30})?)?)?)?)?)?|E(?:rr(?:o(?:r(?:[ :(][^\n]{0,60})?)?)?)|(?:ERROR|Exception)(?:[ :(][^\n]{0,60})?|[A-Z]\w{0,40}(?:Error|Exception)[\s\d:]{0,6}|HTTPS?Conn\w{0,12}|upstream conn[^\n]{0,40}|Internal Server(?: Er[^\n]{0,9})?|Bad Gateway\W{0,3}|Service Unavailable\W{0,3}|Gateway Time-?(?:out)?\W{0,3}|Too Many Requests\W{0,3}|\[[\w .-]{0,30}(?:Error|ERROR|Exception)[^\n]{0,60}|<(?:![dD][a-zA-Z ]{0,12}|h(?:tml?)?)?|\{\s{0,9}(?:"(?:e(?:rr?o?r?)?"?)?)?)$/

/** Whether the text with which an answer begins is that of an error, or may become one. */
export function isErrorText(start: string, isAll: boolean): boolean | 'perhaps' {
  const text = start.trimStart()
  if (ERRORS.some((error) => error.test(text))) return true
  return !isAll && text !== '' && BEGINNINGS.test(text) ? 'perhaps' : false
}
