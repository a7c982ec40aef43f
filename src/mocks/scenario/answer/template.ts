import type { Faker } from '@faker-js/faker'
import mustache from 'mustache'
import { isJsonObject, type Json, parseJson, type ToolResult } from '../../../protocol/index.ts'
import { clip, listed } from '../../../wire/index.ts'
import { ScenarioError } from '../../scenario-error.ts'
import type { Situation } from '../match/situation.ts'
import { samples } from './precompiled-samples.ts'
import { valueMadeUp } from './value-made-up.ts'

/** What templates are filled in with; what takes long is asked for only where a template names it. */
export interface Filling {
  readonly situation: Situation
  readonly groups: () => readonly string[]
  readonly toolResult: () => ToolResult | undefined
  readonly faker: () => Faker
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

/** Mustache would find, and call, whatever the prototypes of JavaScript hold. */
class OwnContext extends mustache.Context {
  override push(view: unknown): Context {
    return new OwnContext(view, this)
  }

  override lookup(name: string): unknown {
    if (name === '.') return this.view
    const path = name.split('.')
    // The length of a text is asked for by its path: within a section, it may be a member further out.
    const isWithin = path.length > 1 || typeof this.view === 'object'
    const value = isWithin ? follow(this.view, path).at(-1) : undefined
    return value === undefined ? this.parent?.lookup(name) : value
  }
}

/** Mustache would write nothing for what is not there, and HTML for what is. */
class StrictWriter extends mustache.Writer {
  override escapedValue(token: string[], context: Context): string {
    return this.unescapedValue(token, context)
  }

  override unescapedValue([, name = '']: string[], context: Context): string {
    const value = context.lookup(name) as Json | Date | undefined
    if (value === undefined) throw new TemplateError(whyMissing(name, rootOf(context).view))
    if (value === null) return ''
    // As text, a date would tell the time zone of the machine.
    if (value instanceof Date) return value.toISOString()
    return typeof value === 'object' ? JSON.stringify(value) : String(value)
  }
}

/** What stands at each step of a path; `undefined` from where it leads nowhere. */
function follow(view: unknown, path: readonly string[]): unknown[] {
  let value = view
  return path.map((key) => {
    const has = value !== undefined && value !== null && Object.hasOwn(value, key)
    const member = has ? (value as Record<string, unknown>)[key] : undefined
    // Only faker has functions.
    return (value = typeof member === 'function' ? madeUp(member as () => unknown, path) : member)
  })
}

function madeUp(method: () => unknown, path: readonly string[]): unknown {
  const value = valueMadeUp(method)
  if (value === undefined) throw new TemplateError(whyNothing(path))
  return value
}

function whyNothing(path: readonly string[]): string {
  return `the template names {{${path.join('.')}}}, which makes nothing up without arguments, and a template cannot give any`
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
  return { fixed: false, render: (filling) => writer.render(text, new OwnContext(viewOf(filling))) }
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
  const path = name.split('.')
  const [root = ''] = path
  if (name === '.') return
  if (!VARIABLES.includes(root)) {
    throw new ScenarioError(
      `the template names {{${name}}}, which does not exist; there are ${VARIABLES.join(', ')}`,
    )
  }
  if (root === 'faker' && !isMadeUp(path)) {
    throw new ScenarioError(`the template names {{${name}}}, which @faker-js/faker does not have`)
  }
}

/** @throws ScenarioError for a method that wants arguments. */
function isMadeUp(path: readonly string[]): boolean {
  if (path.length < 3) return false
  const values = follow({ faker: samples() }, path)
  if (values.includes(null)) throw new ScenarioError(whyNothing(path))
  return values.at(-1) !== undefined
}

function viewOf({ situation, groups, toolResult, faker }: Filling) {
  const { request, headers } = situation
  let result: unknown
  let seeded: Faker | undefined
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
      return (result ??= valueOf(toolResult()?.content))
    },
    header: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
    elevenlabs_extra_body: request.elevenlabs_extra_body ?? {},
    get faker() {
      return (seeded ??= faker())
    },
  }
}

function rootOf(context: Context): Context {
  return context.parent ? rootOf(context.parent) : context
}

/** Says how far a name leads, and what there is in its place. */
function whyMissing(name: string, view: Record<string, unknown>): string {
  const missing = `the template names {{${name}}}, which the request does not have`
  const keys = name.split('.')
  const values = follow(view, keys)
  const known = values.findLastIndex((value) => value !== undefined)
  if (known >= 0)
    return `${missing}: ${keys.slice(0, known + 1).join('.')} ${describe(values[known])}`
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
function valueOf(content: string | undefined): unknown {
  if (content === undefined) return undefined
  const start = startOf(content)
  const json = parseJson(start)
  return isJsonObject(json) || Array.isArray(json) ? json : start
}

function startOf(text: string): string {
  return clip(text, MAX_FILLED_IN, '')
}
