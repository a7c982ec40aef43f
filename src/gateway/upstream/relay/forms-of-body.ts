import { isJsonObject, type Json, type JsonObject } from '../../../protocol/index.ts'
import { NEVER_TAKEN } from './manners.ts'

/** Another form of a body, for servers that refuse the usual one. */
export interface BodyForm {
  readonly isAskedBy: (refusal: string) => boolean
  /** The body itself, where it has that form. */
  readonly put: (body: JsonObject) => JsonObject
}

/** Without losing a word, but for members that a server does not know. */
const FORMS: readonly BodyForm[] = [
  { isAskedBy: saying(/["'`]instructions["'`]/), put: instructionsAsItem },
  {
    isAskedBy: saying(/(?:expect|must|should|requir|support)[^{}]*\boutput_text\b/i),
    put: inParts,
  },
  { isAskedBy: saying(/\bstrict\b/), put: withoutStrict },
  { isAskedBy: saying(/tool_choice|\bnone\b.*\bauto\b.*\brequired\b/), put: choiceOfOne },
  { isAskedBy: saying(/no tool call found/i), put: withIdsOfItems },
  without('max_output_tokens', /\bmax_output_tokens\b/),
  without('reasoning', /["'`]reasoning(?:\.\w+)?["'`]/),
  without('text', /\btext\.format\b/),
]

/** What a server of the Responses API was found to want otherwise; it is asked so from then on. */
export class FormsOfBody {
  readonly #kept = new Set<BodyForm>()

  apply(body: JsonObject, tried: ReadonlySet<BodyForm>): JsonObject {
    return FORMS.filter((form) => this.#kept.has(form) || tried.has(form)).reduce(
      (put, form) => form.put(put),
      typed(body),
    )
  }

  /** Takes from a refusal of a body what else is to be tried; tells whether there is something. */
  learn(body: JsonObject, refusal: string, tried: Set<BodyForm>): boolean {
    const form = FORMS.find(
      (each) => !tried.has(each) && each.isAskedBy(refusal) && each.put(body) !== body,
    )
    if (form) tried.add(form)
    return form !== undefined
  }

  /** What has helped is kept. */
  keep(tried: ReadonlySet<BodyForm>): void {
    for (const form of tried) this.#kept.add(form)
  }
}

function saying(what: RegExp): BodyForm['isAskedBy'] {
  return (refusal) => what.test(refusal)
}

function without(member: string, named: RegExp): BodyForm {
  return {
    isAskedBy: (refusal) => NEVER_TAKEN.test(refusal) && named.test(refusal),
    put: (body) => {
      const { [member]: dropped, ...rest } = body
      return dropped === undefined ? body : rest
    },
  }
}

/** Some servers refuse a message without a type, or do not see it; none minds one that has it. */
function typed(body: JsonObject): JsonObject {
  return eachIn(body, 'input', (item) => ('role' in item ? { type: 'message', ...item } : item))
}

function instructionsAsItem(body: JsonObject): JsonObject {
  const { instructions: content, input, ...rest } = body
  if (typeof content !== 'string' || !Array.isArray(input)) return body
  return { ...rest, input: [{ type: 'message', role: 'system', content }, ...input] }
}

/** What the agent has said. */
function inParts(body: JsonObject): JsonObject {
  return eachIn(body, 'input', (item) => {
    const { role, content: text } = item
    if (role !== 'assistant' || typeof text !== 'string') return item
    return { ...item, content: [{ type: 'output_text', text }] }
  })
}

function withoutStrict(body: JsonObject): JsonObject {
  return eachIn(body, 'tools', (tool) => {
    const { strict, ...rest } = tool
    return strict === undefined ? tool : rest
  })
}

/** A choice of one tool is a call that is required, where there is no other. */
function choiceOfOne(body: JsonObject): JsonObject {
  const { tools, tool_choice: choice } = body
  if (!isJsonObject(choice) || choice['type'] !== 'function' || !Array.isArray(tools)) return body
  const one = tools.filter((tool) => isJsonObject(tool) && tool['name'] === choice['name'])
  return one.length === 0 ? body : { ...body, tools: one, tool_choice: 'required' }
}

/** Calls may be looked for by what only their items are known by. */
function withIdsOfItems(body: JsonObject): JsonObject {
  return eachIn(body, 'input', (item) => {
    const { type, id, call_id: called } = item
    return type === 'function_call' && id === undefined ? { ...item, id: called! } : item
  })
}

/** The body itself, where nothing in a list of it becomes another. */
function eachIn(
  body: JsonObject,
  member: string,
  put: (each: JsonObject) => JsonObject,
): JsonObject {
  const { [member]: list } = body
  if (!Array.isArray(list)) return body
  const changed = list.map((each): Json => (isJsonObject(each) ? put(each) : each))
  return changed.every((each, i) => each === list[i]) ? body : { ...body, [member]: changed }
}
