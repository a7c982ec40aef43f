import type { Reporter } from './reporter.ts'
import { badge } from './reporters/badge.ts'
import { github } from './reporters/github.ts'
import { html } from './reporters/html.ts'
import { json } from './reporters/json.ts'
import { junit } from './reporters/junit.ts'
import { markdown } from './reporters/markdown.ts'
import { sarif } from './reporters/sarif.ts'
import { tap } from './reporters/tap.ts'
import { terminal } from './reporters/terminal.ts'

/** Every reporter, by the name a user gives. */
export const reporters = {
  terminal,
  json,
  junit,
  sarif,
  github,
  tap,
  markdown,
  html,
  badge,
} satisfies Record<string, Reporter>

export type ReporterName = keyof typeof reporters
