import { readdirSync } from 'node:fs'

const ROOT = new URL('../', import.meta.url)
/** Written by `npm run docs`. */
const MADE = 'docs/checks.md'

const inDocs = ['docs/', 'docs/deploy/'].flatMap((folder) =>
  readdirSync(new URL(folder, ROOT))
    .filter((name) => name.endsWith('.md'))
    .map((name) => folder + name),
)

/** The pages that people write. */
export const pages: readonly URL[] = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', ...inDocs]
  .filter((path) => path !== MADE)
  .map((path) => new URL(path, ROOT))
