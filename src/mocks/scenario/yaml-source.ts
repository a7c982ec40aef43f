import type { Place } from './validate-scenarios.ts'
import { type ScenarioSource, SourceError } from './scenario-source.ts'

/**
 * Reads YAML.
 *
 * @throws SourceError for what is none, or would grow beyond measure when aliases are followed.
 */
export async function yamlSource(text: string): Promise<ScenarioSource> {
  const { isNode, LineCounter, parseDocument } = await import('yaml')
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const [error] = document.errors
  if (error) throw new SourceError(error.message, lines.linePos(error.pos[0]).line)
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
