import { readdirSync } from 'node:fs'

const ROOT = new URL('../', import.meta.url)
const DOCS = new URL('docs/', ROOT)

/** The pages that people write. */
export const pages: readonly URL[] = [
  ...['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md'].map((name) => new URL(name, ROOT)),
  ...readdirSync(DOCS)
    .filter((name) => name.endsWith('.md') && name !== 'checks.md')
    .map((name) => new URL(name, DOCS)),
]
