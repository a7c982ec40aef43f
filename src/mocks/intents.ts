import { isJsonObject, isSystemTool, type JsonObject, type SystemTool } from '../protocol/index.ts'
import { detectLanguage } from './language.ts'
import type { Offer } from './offers.ts'

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

/** Says whether and how much the caller's words are those of a tool. */
export interface Fit {
  /** What both name; tools that share it compete. */
  readonly subject: string
  readonly score: number
}

/** So many words of a description and its parameters are no chance. */
const ENOUGH_DESCRIBED = 2
/** What a name says counts more than what the description adds. */
const NAMED = 3

const words = (list: string) => new Set(list.split(' '))

const VERBS = words(
  'add book cancel check create find list lookup open query run search send set show update',
)
/** They qualify what a name is about. */
const QUALIFIERS = words('all current data detail id info information latest new number status')
/** They are in every other sentence, and in every other description. */
const COMMON = words(
  'a about an and any are at be by can caller call could customer do doe for from function get give given ha have how i if in into is it just let like look make me my name need not of on one or our please return so some tell that the their them then there they thing this to tool u use used user value want we what when where which who will with would you your',
)

/**
 * Tells whether the caller asks for a tool: by the phrases its system tool stands for, or, for any
 * other tool, by the words of its name (`lookup_order`, `getOrderStatus`: order), or else by several
 * of its description and its parameters.
 */
export function fitOf(tool: Offer, said: string): Fit | undefined {
  const { name, description, parameters } = tool
  if (isSystemTool(name)) {
    return SYSTEM_INTENTS[name](said) ? { subject: name, score: NAMED } : undefined
  }
  const asked = telling(said)
  const named = [...telling(spaced(name))]
  const nouns = named.filter((word) => !VERBS.has(word) && !QUALIFIERS.has(word))
  const subject = (nouns.length > 0 ? nouns : named).find((word) => asked.has(word))
  const described = [...telling([description ?? '', ...textsOf(parameters)].join(' '))].filter(
    (word) => asked.has(word),
  )
  if (subject === undefined && described.length < ENOUGH_DESCRIBED) return undefined
  const score = NAMED * named.filter((word) => asked.has(word)).length + described.length
  return { subject: subject ?? name, score }
}

/** Names and descriptions of the parameters themselves; what is within them says less. */
function textsOf(parameters: Offer['parameters']): string[] {
  const members = (parameters as JsonObject | null | undefined)?.['properties']
  if (!isJsonObject(members)) return []
  return Object.entries(members).flatMap(([name, schema]) => {
    const description = isJsonObject(schema) ? schema['description'] : undefined
    return [spaced(name), typeof description === 'string' ? description : '']
  })
}

function spaced(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, '$1 $2').replaceAll(/[_-]/g, ' ')
}

function telling(text: string): Set<string> {
  const stems = (text.toLowerCase().match(/[a-z]+/g) ?? []).map((word) =>
    word.replace(/ies$/, 'y').replace(/(?<![su]|new)s$/, ''),
  )
  return new Set(stems.filter((word) => word.length > 1 && !COMMON.has(word)))
}
