import { escapeText } from '../../wire/index.ts'

/** HTML that may be shown as it is. */
export class Markup {
  readonly source: string

  constructor(source: string) {
    this.source = source
  }
}

type Content = Markup | string | number | readonly Content[]

/** A template of HTML or SVG: whatever is put into it is escaped, unless it is markup itself. */
export function markup(template: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return new Markup(String.raw({ raw: template }, ...contents.map(sourceOf)))
}

/** Prose in which what stands in backticks is code. */
export function prose(text: string): Markup {
  const parts = text
    .split(/`([^`]+)`/)
    .map((part, i) => (i % 2 === 1 ? markup`<code>${part}</code>` : part))
  return markup`${parts}`
}

function sourceOf(content: Content): string {
  if (content instanceof Markup) return content.source
  if (typeof content === 'number') return String(content)
  if (typeof content === 'string') return escapeHtml(content)
  return content.map(sourceOf).join('')
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escapeHtml(text: string): string {
  return escapeText(text).replaceAll(/[&<>"']/g, (char) => ENTITIES[char]!)
}
