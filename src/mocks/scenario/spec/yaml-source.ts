import type { Place } from './validate-scenarios.ts'
import { type ScenarioSource, SourceError } from './scenario-source.ts'

/**
 * Reads YAML.
 *
 * @throws SourceError for what is none, or would grow beyond measure when aliases are followed.
 */
export async function yamlSource(text: string): Promise<ScenarioSource> {
  const { isCollection, isNode, LineCounter, parseDocument, visit } = await import('yaml')
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const [error] = document.errors
  if (error) {
    const { line } = lines.linePos(error.pos[0])
    const message = error.code === 'MULTIPLE_DOCS' ? ONE_DOCUMENT : error.message
    throw new SourceError(`${message}${adviceFor(lineAt(text, error.pos[0]))}`, line)
  }
  visit(document, {
    Pair(_, { key }) {
      if (!isCollection(key)) return
      const { line } = lines.linePos(key.range![0])
      throw new SourceError(`a key cannot be a list or an object${QUOTE}`, line)
    },
  })
  const lineOf = (place: Place) => {
    const nodes = place.map((_, i) => document.getIn(place.slice(0, i + 1), true)).filter(isNode)
    // What is missing is looked for where what should hold it begins.
    return lines.linePos(nodes.at(-1)?.range?.[0] ?? 0).line
  }
  try {
    return { json: document.toJS(), linesOf: (places) => places.map(lineOf) }
  } catch (cause) {
    throw new SourceError((cause as Error).message, 1, { cause })
  }
}

const ONE_DOCUMENT =
  'a second document begins here, and a file holds one: leave out the "---", or split the file'

const QUOTE = '; put text that begins with a template in quotes: "{{user}}"'

/** Braces that begin a text begin an object, to YAML. */
function adviceFor(line: string): string {
  return /[:[,-]\s*\{\{/.test(line) ? QUOTE : ''
}

function lineAt(text: string, offset: number): string {
  const end = text.indexOf('\n', offset)
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1, end < 0 ? undefined : end)
}
