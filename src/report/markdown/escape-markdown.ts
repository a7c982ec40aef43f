import { escapeText } from '../../wire/index.ts'

/**
 * One line of prose as Markdown: what stands in backticks stays code, everything else is shown as
 * it is, whatever it looks like, but for blanks at its start. Safe for text from an endpoint, in a table too.
 */
export function prose(text: string): string {
  return escapeText(text)
    .replace(/^ +/, '')
    .split(/(`[^`]+`)/)
    .map((part, i) => (i % 2 === 1 ? codeSpan(part.slice(1, -1)) : escapeProse(part)))
    .join('')
}

/** A line of code, whatever it contains. */
export function code(text: string): string {
  const shown = escapeText(text)
  const fence = '`'.repeat(longestRun(shown) + 1)
  const pad = /^`|`$|^ .* $/.test(shown) ? ' ' : ''
  return shown === '' ? '' : codeSpan(shown, fence + pad, pad + fence)
}

/** A block of lines, whatever they contain. */
export function codeBlock(lines: readonly string[], language = 'text'): string {
  const shown = lines.map(escapeText).join('\n')
  const fence = '`'.repeat(Math.max(3, longestRun(shown) + 1))
  return `${fence}${language}\n${shown}\n${fence}`
}

/** A table; cells are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

// The at sign would call people, and host names and numbers of issues would become links.
function escapeProse(text: string): string {
  return text
    .replaceAll(/[\\*[\]|~$]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|^[#+=-]|(?<=^\d+)[.)]/gu, '\\$&')
    .replaceAll(/[&<>`]/g, (char) => `&#${char.charCodeAt(0)};`)
    .replaceAll(/@|www(?=\.)|:(?=\/\/)|(?<!&)#(?=\d)|gh-(?=\d)/gi, '$&<!-- -->')
}

/** A table would end a cell at a pipe after an escaped backslash, within the span; of HTML, it sees none. */
function codeSpan(text: string, open = '`', close = '`'): string {
  return text.includes('\\|')
    ? `<code>${escapeAll(text)}</code>`
    : `${open}${text.replaceAll('|', '\\|')}${close}`
}

function escapeAll(text: string): string {
  return text
    .replaceAll(/[!-/:-@[-`{-~]/g, (char) => `&#${char.charCodeAt(0)};`)
    .replaceAll(/&#(?:35|64);/g, '$&<!-- -->')
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
}
