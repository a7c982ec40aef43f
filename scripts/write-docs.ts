import { readFileSync, writeFileSync } from 'node:fs'
import { checks, type Examples } from '../src/conformance/index.ts'
import { checksPage } from '../src/report/index.ts'
import { checkBroken, drawTerminal, isSamePicture } from './draw-picture.ts'
import { filledIn } from './facts.ts'
import { pages } from './pages.ts'
import { isSameExample, playExamples } from './play-examples.ts'

const EXAMPLES = new URL('../fixtures/examples.json', import.meta.url)
const PICTURE = new URL('../docs/check.svg', import.meta.url)
const PAGE = new URL('../docs/checks.md', import.meta.url)

const known = JSON.parse(readFileSync(EXAMPLES, 'utf8')) as Examples
const played = await playExamples()
// What differs in numbers alone is kept, so that the page changes only when a check does.
const examples = Object.fromEntries(
  Object.entries(played).map(([id, own]) => [
    id,
    Object.fromEntries(
      Object.entries(own).map(([dialect, example]) => {
        const before = known[id]?.[dialect]
        return [dialect, before && isSameExample(before, example) ? before : example]
      }),
    ),
  ]),
)
writeFileSync(EXAMPLES, `${JSON.stringify(examples, null, 2)}\n`)
writeFileSync(PAGE, checksPage(checks, examples))
for (const page of pages) writeFileSync(page, filledIn(readFileSync(page, 'utf8')))

const drawn = drawTerminal(await checkBroken())
if (!isSamePicture(readFileSync(PICTURE, 'utf8'), drawn)) writeFileSync(PICTURE, drawn)
