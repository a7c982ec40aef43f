import type { Faker } from '@faker-js/faker'
import { isResult, type Json, nestsDeeperThan, type Turn } from '../../protocol/index.ts'
import { clip } from '../../wire/index.ts'
import type { Budget } from '../effort/budget.ts'
import { heard } from './heard.ts'
import { detectLanguage } from '../words/language.ts'
import { DIGITS } from '../words/numerals.ts'
import { tellStory } from './tell-story.ts'

/** What a tool found, as far as it is taken apart. */
const MAX_RESULT = 100_000
const MAX_RESULT_DEPTH = 64
/** Things that one answer recalls. */
const MAX_RECALLED = 8

const KEYS: Record<string, string> = { '*': 'star', '#': 'pound' }

const GREETINGS: Record<string, string> = {
  es: 'Claro que sí, sigamos en español. ¿En qué puedo ayudarle?',
  fr: 'Bien sûr, continuons en français. Comment puis-je vous aider ?',
  de: 'Gerne, sprechen wir Deutsch. Wie kann ich Ihnen helfen?',
  it: 'Certo, continuiamo in italiano. Come posso aiutarla?',
  pt: 'Claro, vamos continuar em português. Como posso ajudar?',
}

/** Answers a turn in plain words that a voice can read aloud; the same request gets the same words. */
export function speak(turn: Turn, faker: Faker, budget: Budget): string {
  const { last, toolResults } = turn
  const said = heard(turn)
  const language = detectLanguage(said ?? '')
  if (language in GREETINGS) return GREETINGS[language]!
  if (isResult(last)) return reportResults(toolResults.map(({ content }) => content))
  if (last.role === 'assistant') return 'I am still here. Is there anything else I can do for you?'
  if (said === undefined)
    return 'Hello, and thank you for calling. I am glad to help you with anything you need. What can I do for you today?'
  return respondTo(said, turn, { faker, budget })
}

function respondTo(
  said: string,
  turn: Turn,
  { faker, budget }: { readonly faker: Faker; readonly budget: Budget },
): string {
  if (/^[\s.…]*$/.test(said)) return 'Are you still there? Take all the time you need.'
  if (/^[\d*#]+$/.test(said)) return `You entered ${spellOut(said)}. Is that right?`
  const echo = /\brepeat\b[^:]*: *(.+)$/is.exec(said)
  if (echo) return echo[1]!.trim()
  const asked = [...said.matchAll(/\bwhat (?:is|was) the ([a-z ]+?)[?,]/gi)].map(
    ([, what]) => what!,
  )
  const recalled = asked.slice(0, MAX_RECALLED).flatMap((what) => {
    const known = recall(what, turn, budget)
    return known ? [`The ${what} is ${known}.`] : []
  })
  if (recalled.length > 0) return recalled.join(' ')
  if (/\bcount from one to (\w+)/i.test(said))
    return countTo(/\bcount from one to (\w+)/i.exec(said)![1]!)
  if (/\bstory\b/i.test(said)) return tellStory(faker)
  return smallTalk(faker)
}

/** Finds what an earlier message said something was: "the code word is heron". */
function recall(what: string, turn: Turn, budget: Budget): string | undefined {
  const statement = new RegExp(`\\b${what} is ([\\w-]+)`, 'i')
  for (const message of turn.messages.toReversed()) {
    const text = turn.textOf(message)
    const known = statement.exec(text.slice(0, budget.take('matched', text.length)))?.[1]
    if (known) return known
  }
  return undefined
}

function reportResults(results: readonly string[]): string {
  const values = results.map((result) => leaves(parse(result)).join(', ')).filter(Boolean)
  if (values.length === 0) return 'That is done. Is there anything else?'
  return `Here is what I found: ${values.join('; and ')}.`
}

function parse(text: string): Json {
  const start = clip(text, MAX_RESULT, '')
  try {
    const json = JSON.parse(start) as Json
    return nestsDeeperThan(json, MAX_RESULT_DEPTH) ? start : json
  } catch {
    return start
  }
}

function leaves(value: Json): string[] {
  if (value === null) return []
  return typeof value === 'object' ? Object.values(value).flatMap(leaves) : [String(value)]
}

function spellOut(keys: string): string {
  return Array.from(keys, (key) => KEYS[key] ?? DIGITS[Number(key)]).join(' ')
}

function countTo(word: string): string {
  const end = DIGITS.indexOf(word.toLowerCase())
  return `${DIGITS.slice(1, (end < 1 ? 9 : end) + 1).join(', ')}.`
}

function smallTalk(faker: Faker): string {
  return faker.helpers.arrayElement([
    `Of course. ${faker.person.firstName()} is in on ${faker.date.weekday()} and will be glad to help.`,
    `We are open every day from eight in the morning, and on ${faker.date.weekday()} until late.`,
    `Let me see. The ${faker.color.human()} one is back in stock, and we can send it on ${faker.date.weekday()}.`,
    `Yes, that works. I have put you down for ${faker.date.weekday()} with ${faker.person.firstName()}.`,
    `Good question. Our shop in ${faker.location.city()} has it, and delivery is free this week.`,
  ])
}
