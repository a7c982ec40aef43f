import { faker } from '@faker-js/faker/locale/en'
import mustache from 'mustache'
import { isJsonObject, parseJson } from '../../protocol/index.ts'
import { clip } from '../../wire/index.ts'
import { seededFaker } from '../seeded-faker.ts'
import { ScenarioError } from './scenario-error.ts'
import type { Situation } from './situation.ts'

/** A text that may hold `{{variables}}`. */
export interface Template {
  /** Whether it is the same for every request. */
  readonly fixed: boolean
  /** Fills it in; the same seed and request give the same text. */
  readonly render: (
    situation: Situation,
    groups: () => readonly string[],
    seed: () => number,
  ) => string
}

const VARIABLES = [
  'user',
  'system',
  'model',
  'match',
  'toolResult',
  'header',
  'elevenlabs_extra_body',
  'faker',
]
/** Characters of one variable: more than anybody says. */
const MAX_FILLED_IN = 100_000
// What is spoken is no HTML.
const AS_IT_IS = { escape: String }

/**
 * Compiles a template in the syntax of Mustache.
 *
 * @throws ScenarioError for a template that cannot be read, or names what does not exist.
 */
export function template(text: string): Template {
  if (!text.includes('{{')) return { fixed: true, render: () => text }
  for (const name of namesIn(text)) refuseUnknown(name)
  return {
    fixed: false,
    render: (situation, groups, seed) =>
      mustache.render(text, viewOf(situation, groups, seed), {}, AS_IT_IS),
  }
}

function namesIn(text: string): string[] {
  try {
    return names(mustache.parse(text))
  } catch (error) {
    throw new ScenarioError(`the template cannot be read: ${(error as Error).message}`)
  }
}

type Tokens = ReturnType<typeof mustache.parse>

function names(tokens: Tokens): string[] {
  // Within a section, names may be members of what the section is about.
  return tokens.flatMap(([kind, name]) => (/^(?:name|[&#^{])$/.test(kind) ? [name] : []))
}

function refuseUnknown(name: string): void {
  const [root = '', ...members] = name.split('.')
  if (name === '.') return
  if (!VARIABLES.includes(root)) {
    throw new ScenarioError(
      `the template names {{${name}}}, which does not exist; there are ${VARIABLES.join(', ')}`,
    )
  }
  if (root !== 'faker') return
  const [module = '', method = ''] = members
  const found = (faker as unknown as Record<string, Record<string, unknown>>)[module]?.[method]
  if (typeof found !== 'function') {
    throw new ScenarioError(`the template names {{${name}}}, which @faker-js/faker does not have`)
  }
}

function viewOf(situation: Situation, groups: () => readonly string[], seed: () => number) {
  const { request, headers } = situation
  return {
    get user() {
      return startOf(situation.user)
    },
    get system() {
      return startOf(situation.system)
    },
    model: request.model,
    get match() {
      return groups().map(startOf)
    },
    get toolResult() {
      return valueOf(situation.toolResults.at(-1)?.content ?? '')
    },
    header: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
    elevenlabs_extra_body: request.elevenlabs_extra_body ?? {},
    faker: seededFaker(seed()),
  }
}

/** A result in JSON can be taken apart; any other is its text. */
function valueOf(content: string): unknown {
  const start = startOf(content)
  const json = parseJson(start)
  return isJsonObject(json) || Array.isArray(json) ? json : start
}

function startOf(text: string): string {
  return clip(text, MAX_FILLED_IN, '')
}
