import { isSystemTool, type SystemTool, type ToolDefinition } from '../protocol/index.ts'
import { detectLanguage } from './language.ts'

type Utterance = (said: string) => boolean

const says =
  (words: RegExp): Utterance =>
  (said) =>
    words.test(said)

/** What a caller says when the platform's own tools are wanted. */
const SYSTEM_INTENTS: Record<SystemTool, Utterance> = {
  end_call: says(/\b(good ?bye|bye|hang up|that(?:'s| is| was) all|nothing else)\b/i),
  transfer_to_number: says(
    /\b(a (?:real )?(?:person|human)|someone real|representative|operator)\b/i,
  ),
  transfer_to_agent: says(
    /\b(another agent|(?:billing|sales|support) (?:team|department|agent))\b/i,
  ),
  language_detection: (said) => detectLanguage(said) !== 'en',
  skip_turn: says(
    /\b(hold on|one (?:moment|second|sec)|just a (?:moment|second|sec)|let me (?:think|check|see))\b/i,
  ),
  voicemail_detection: says(/\b(after the (?:tone|beep)|leave (?:a|your) message|voicemail)\b/i),
  play_keypad_touch_tone: says(
    /\bpress (?:\d|zero|one|two|three|four|five|six|seven|eight|nine|star|pound)\b/i,
  ),
}

const VERBS = new Set(
  'add book cancel check create do fetch find get list look lookup make open query run search send set show update'.split(
    ' ',
  ),
)

/**
 * Tells whether the caller asks for a tool: by the phrases its system tool stands for, or, for any
 * other tool, by the nouns of its name (`lookup_order`, `getOrderStatus`: order).
 */
export function asksFor(tool: ToolDefinition, said: string): boolean {
  const { name } = tool.function
  if (isSystemTool(name)) return SYSTEM_INTENTS[name](said)
  const words = new Set(stems(said))
  const nouns = stems(name.replace(/([a-z])([A-Z])/g, '$1 $2').replaceAll(/[_-]/g, ' ')).filter(
    (word) => !VERBS.has(word),
  )
  return nouns.length > 0 && words.has(nouns[0]!)
}

function stems(text: string): string[] {
  return (text.toLowerCase().match(/[a-z]+/g) ?? []).map((word) => word.replace(/s$/, ''))
}
