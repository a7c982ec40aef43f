import { UpstreamError } from '../upstream-error.ts'
import type { Answering } from './send.ts'

/** Of the body of a refusal. */
const MOST_CHARACTERS = 8_192

/** So much of a body as says why. */
export async function startOf({ read }: Answering): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  try {
    await read((bytes) => {
      text += decoder.decode(bytes, { stream: true })
      if (text.length > MOST_CHARACTERS) throw new UpstreamError('garbled', 'it does not end')
    })
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error
  }
  return text.slice(0, MOST_CHARACTERS)
}
