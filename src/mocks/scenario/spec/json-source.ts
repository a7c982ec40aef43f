import { type ScenarioSource, SourceError } from './scenario-source.ts'

/**
 * Reads JSON; only who asks for lines has it looked through a second time.
 *
 * @throws SourceError for what is none.
 */
export async function jsonSource(marked: string): Promise<ScenarioSource> {
  // Windows writes a mark that nobody sees, and JSON has no room for.
  const text = marked.replace(/^\uFEFF/, '')
  const { linesOfJson, lineOfJsonError } = await import('./lines-of-json.ts')
  try {
    return { json: JSON.parse(text), linesOf: (places) => linesOfJson(text, places) }
  } catch (cause) {
    // The line is told before the message.
    const message = (cause as Error).message.replace(/ at position .*$/, '')
    throw new SourceError(message, lineOfJsonError(text), { cause })
  }
}
