const LF = 10
const CR = 13

/** Makes a finder of where the line ends that an offset is in: before LF, CR or CRLF, or at the end of the text. */
export function lineEndFinder(text: string): (from: number) => number {
  return text.includes('\r') ? (from) => anyLineEnd(text, from) : (from) => lfLineEnd(text, from)
}

function lfLineEnd(text: string, from: number): number {
  const lf = text.indexOf('\n', from)
  return lf < 0 ? text.length : lf
}

function anyLineEnd(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === LF || code === CR) return i
  }
  return text.length
}
