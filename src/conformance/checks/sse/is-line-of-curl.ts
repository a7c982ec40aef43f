/** Whether a line is what `curl -v` says beside the answer: what it does, the heads, how much it reads. */
export function isLineOfCurl(line: string): boolean {
  return /^(?:[{}] \[\d+ bytes data\]|< HTTP\/\d|> [A-Z]+ \S+ HTTP\/\d|\* (?:Connected to | *Trying |Host \S+ was resolved))/.test(
    line,
  )
}
