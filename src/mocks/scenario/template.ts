import { faker } from '@faker-js/faker/locale/en'
import mustache from 'mustache'
import { isJsonObject, type Json, parseJson } from '../../protocol/index.ts'
import { clip } from '../../wire/index.ts'
import { listed } from '../listed.ts'
import { seededFaker } from '../seeded-faker.ts'
import { ScenarioError } from './scenario-error.ts'
import type { Situation, ToolResult } from './situation.ts'

/** What templates are filled in with; what takes long is asked for only where a template names it. */
export interface Filling {
  readonly situation: Situation
  readonly groups: () => readonly string[]
  readonly toolResult: () => ToolResult | undefined
  readonly seed: () => number
}

/** A text that may hold `{{variables}}`. */
export interface Template {
  /** Whether it is the same for every request. */
  readonly fixed: boolean
  /**
   * Fills it in; the same seed and request give the same text.
   *
   * @throws TemplateError for what the request does not have.
   */
  readonly render: (filling: Filling) => string
}

/** A template that names what a request does not have; the message says what there is. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError'
}

type Context = InstanceType<typeof mustache.Context>

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

/** Mustache would write nothing for what is not there, and HTML for what is. */
class StrictWriter extends mustache.Writer {
  override escapedValue(token: string[], context: Context): string {
    return this.unescapedValue(token, context)
  }

  override unescapedValue([, name = '']: string[], context: Context): string {
    const value = context.lookup(name) as Json | Date | undefined
    if (value === undefined) throw new TemplateError(whyMissing(name, rootOf(context).view))
    if (value === null) return ''
    // A date that faker made is no JSON.
    const isJson = typeof value === 'object' && !(value instanceof Date)
    return isJson ? JSON.stringify(value) : String(value)
  }
}

const writer = new StrictWriter()

/**
 * Compiles a template in the syntax of Mustache.
 *
 * @throws ScenarioError for a template that cannot be read, or names what does not exist.
 */
export function template(text: string): Template {
  if (!text.includes('{{')) return { fixed: true, render: () => text }
  for (const name of namesIn(text)) refuseUnknown(name)
  return { fixed: false, render: (filling) => writer.render(text, viewOf(filling)) }
}

function namesIn(text: string): string[] {
  try {
    return names(writer.parse(text) as Tokens)
  } catch (error) {
    throw new ScenarioError(`the template cannot be read: ${(error as Error).message}`)
  }
}

type Tokens = ReturnType<typeof mustache.parse>

function names(tokens: Tokens): string[] {
  // Within a section, names may be members of what the section is about.
  return tokens.flatMap(([kind, name]) => (/^(?:name|[&#^{>])$/.test(kind) ? [name] : []))
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

function viewOf({ situation, groups, toolResult, seed }: Filling) {
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
      const result = toolResult()
      return result && valueOf(result.content)
    },
    header: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
    elevenlabs_extra_body: request.elevenlabs_extra_body ?? {},
    faker: seededFaker(seed()),
  }
}

function rootOf(context: Context): Context {
  return context.parent ? rootOf(context.parent) : context
}

/** Says how far a name leads, and what there is in its place. */
function whyMissing(name: string, view: Record<string, unknown>): string {
  const missing = `the template names {{${name}}}, which the request does not have`
  let value: unknown = view
  let path = ''
  for (const key of name.split('.')) {
    const within: unknown = Object(value)[key]
    if (within === undefined) break
    value = within
    path += path === '' ? key : `.${key}`
  }
  if (path !== '') return `${missing}: ${path} ${describe(value)}`
  return name.startsWith('toolResult')
    ? `${missing}: no tool has answered since the user last spoke`
    : missing
}

function describe(value: unknown): string {
  if (typeof value !== 'object' || value === null) {
    return `is ${clip(JSON.stringify(value), MAX_SHOWN)}`
  }
  return `has ${listed(Object.keys(value).map((key) => clip(key, MAX_SHOWN))) || 'nothing'}`
}

const MAX_SHOWN = 80

/** A result in JSON can be taken apart; any other is its text. */
function valueOf(content: string): unknown {
  const start = startOf(content)
  const json = parseJson(start)
  return isJsonObject(json) || Array.isArray(json) ? json : start
}

function startOf(text: string): string {
  return clip(text, MAX_FILLED_IN, '')
}
