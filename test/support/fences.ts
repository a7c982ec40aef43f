/** A code block of a page. */
export interface Fence {
  /** `sh`, `ts`, `json`, ...; empty for what is no code. */
  readonly language: string
  /** What it is to be kept as, where the page says so behind the language. */
  readonly file: string | undefined
  readonly code: string
}

const FENCE = /(<!-- not run: [^]+? -->\n\n)?^```(\w*)(?: (\S+))?\n([^]*?)^```$/gm

/** The code blocks of a page, in order, without those that it says cannot be run, and why. */
export function fencesOf(page: string): Fence[] {
  return [...page.matchAll(FENCE)].flatMap(([, reason, language = '', file, code = '']) =>
    reason === undefined && language !== '' ? { language, file, code } : [],
  )
}
