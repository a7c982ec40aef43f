import { isJsonObject, parseJson } from '../../protocol/index.ts'
import type { Evidence } from '../evidence/evidence.ts'

/**
 * Some endpoints never say that a reply is over, or speak another API: what they lack is for other
 * checks to say.
 */
export function seemsWhole({ reading: { choices } }: Evidence): boolean {
  return choices.every(({ text, calls }) =>
    calls.length > 0
      ? calls.every((call) => isJsonObject(parseJson(call.arguments)))
      : MAY_END.test(text.slice(-MOST_AFTER)),
  )
}

const MAY_END = new RegExp(
  [
    // Quotation marks and brackets may follow the end of a sentence.
    String.raw`[\p{Sentence_Terminal}…][^\p{L}\p{N}]*$`,
    String.raw`(?:(?<=\S)"|[”»」』)\]}])\s*$`,
    String.raw`[\p{Extended_Pictographic}\p{Regional_Indicator}][\p{M}\p{Emoji_Modifier}\u200d]*\s*$`,
    // Scripts that have no full stop, or leave it out where people chat.
    String.raw`[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]\p{M}*\s*$`,
    String.raw`\p{N}\p{M}*\s*$`,
  ].join('|'),
  'u',
)
const MOST_AFTER = 20
