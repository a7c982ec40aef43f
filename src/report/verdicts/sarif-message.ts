import type { Message } from 'sarif'
import { escapeText } from '../../wire/index.ts'

/**
 * A text as a plain text message of SARIF, where it would be markup: SARIF 2.1.0 has placeholders
 * (3.11.5) and links (3.11.6). Brackets that close no link may stay as they are.
 */
export function sarifMessage(text: string): Message {
  return {
    text: escapeText(text)
      .replaceAll(/[{}]/g, '$&$&')
      .replaceAll(/(\\*)\](?=\()/g, '$1$1\\]'),
  }
}
