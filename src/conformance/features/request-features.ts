import { isJsonObject, type Json, type JsonObject } from '../../protocol/index.ts'

/** Something in a request that some endpoints refuse. */
export interface RequestFeature {
  /** As messages name it. */
  readonly name: string
  /** Which tools have it, where it is part of what a request has in `tools`. */
  readonly toolsWith?: (request: JsonObject) => string[]
  /** Whether the platform depends on it. An endpoint may refuse the others, as long as it says so. */
  readonly needed: boolean
  readonly isIn: (request: JsonObject) => boolean
  /** The same request without it. */
  readonly removeFrom: (request: JsonObject) => JsonObject
}

/** What the requests of probes offer. */
const TOOLS = [
  'end_call',
  'language_detection',
  'skip_turn',
  'transfer_to_number',
  'transfer_to_agent',
  'voicemail_detection',
  'play_keypad_touch_tone',
  'find_blend',
  'lookup_order',
] as const

/** A tool among others. */
export type ToolFeatureId = `tool:${(typeof TOOLS)[number]}`

export const TOOL_FEATURES = TOOLS.map((name): ToolFeatureId => `tool:${name}`)

const LARGE_BYTES = 100_000
const NOT_ASCII = /[^\0-\x7f]+/g

/** In the order in which they are suspected. */
export const REQUEST_FEATURES = {
  'extra-body': member('elevenlabs_extra_body'),
  'user-id': member('user_id'),
  call: member('call'),
  'phone-number': member('phoneNumber'),
  customer: member('customer'),
  metadata: member('metadata'),
  'stream-options': member('stream_options'),
  'unlimited-tokens': {
    name: '`"max_tokens": -1`',
    needed: false,
    isIn: ({ max_tokens: limit }) => limit === -1,
    removeFrom: without('max_tokens'),
  },
  'developer-role': {
    name: 'the role `developer`',
    needed: false,
    isIn: (request) => messagesOf(request).some(({ role }) => role === 'developer'),
    removeFrom: editMessages((message) =>
      message['role'] === 'developer' ? { ...message, role: 'system' } : message,
    ),
  },
  'content-parts': {
    name: 'content as an array of text parts',
    needed: false,
    isIn: (request) => messagesOf(request).some(({ content }) => Array.isArray(content)),
    removeFrom: editMessages((message) =>
      Array.isArray(message['content'])
        ? { ...message, content: joined(message['content']) }
        : message,
    ),
  },
  'several-choices': {
    name: '`n`',
    needed: false,
    isIn: ({ n }) => typeof n === 'number' && n > 1,
    removeFrom: without('n'),
  },
  stop: { ...member('stop'), needed: false },
  'tool-choice': {
    name: '`tool_choice`',
    needed: false,
    isIn: ({ tool_choice: choice }) => (choice ?? 'auto') !== 'auto',
    removeFrom: without('tool_choice'),
  },
  'schema-type-lists': inSchemas('`"type": ["string", "null"]`', /"type":\[/, (schema) => {
    const { type } = schema
    return Array.isArray(type) ? { ...schema, type: type[0] ?? 'string' } : schema
  }),
  'schema-unions': inSchemas('`anyOf`', /"anyOf":/, ({ anyOf, ...rest }) => {
    const [branch] = Array.isArray(anyOf) ? anyOf : []
    return isJsonObject(branch) ? { ...rest, ...branch } : rest
  }),
  'schema-bounds': inSchemas(
    '`minimum` and `maximum`',
    /"m(?:in|ax)imum":/,
    without('minimum', 'maximum'),
  ),
  'schema-enums': inSchemas('`enum`', /"enum":/, without('enum')),
  'schema-none-required': inSchemas('`"required": []`', /"required":\[\]/, (schema) => {
    const { required, ...rest } = schema
    return Array.isArray(required) && required.length === 0 ? rest : schema
  }),
  ...(Object.fromEntries(TOOLS.map((name) => [`tool:${name}`, oneTool(name)])) as Record<
    ToolFeatureId,
    RequestFeature
  >),
  tools: {
    name: '`tools`',
    needed: true,
    isIn: (request) => toolsOf(request).length > 0,
    removeFrom: without('tools', 'tool_choice'),
  },
  'token-limit': {
    ...member('max_tokens'),
    isIn: ({ max_tokens: limit }) => typeof limit === 'number' && limit > 0,
  },
  temperature: member('temperature'),
  'consecutive-users': {
    name: 'two user messages in a row',
    needed: true,
    isIn: (request) => messagesOf(request).some(followsItsLike),
    removeFrom: (request) => ({
      ...request,
      messages: messagesOf(request).filter((_, i, all) => {
        const next = all[i + 1]
        return next === undefined || !followsItsLike(next, i + 1, all)
      }),
    }),
  },
  'assistant-first': {
    name: 'an assistant message before the first user message',
    needed: true,
    isIn: (request) => firstTurn(request)?.['role'] === 'assistant',
    removeFrom: (request) => {
      const opening = firstTurn(request)
      return { ...request, messages: messagesOf(request).filter((message) => message !== opening) }
    },
  },
  'content-null': {
    name: '`"content": null` beside tool calls',
    needed: true,
    isIn: (request) => messagesOf(request).some(isSilentCall),
    removeFrom: editMessages((message) =>
      isSilentCall(message) ? { ...message, content: '' } : message,
    ),
  },
  'tool-messages': {
    name: 'messages with the role `tool`',
    needed: true,
    isIn: (request) => messagesOf(request).some(({ role }) => role === 'tool'),
    removeFrom: (request) => ({
      ...request,
      messages: messagesOf(request)
        .filter(({ tool_calls: calls }) => !Array.isArray(calls))
        .map((message) =>
          message['role'] === 'tool'
            ? { role: 'user', content: `A tool has answered: ${joined(message['content'])}` }
            : message,
        ),
    }),
  },
  'no-user': {
    name: 'a history without a user message',
    needed: false,
    isIn: (request) => !messagesOf(request).some(({ role }) => role === 'user'),
    removeFrom: appendUser('Hello?'),
  },
  'system-message': {
    name: 'a system message',
    needed: true,
    isIn: (request) => messagesOf(request).some(({ role }) => role === 'system'),
    removeFrom: (request) => ({
      ...request,
      messages: messagesOf(request).filter(({ role }) => role !== 'system'),
    }),
  },
  'assistant-last': {
    name: 'a history that ends with an assistant message',
    needed: false,
    isIn: (request) => messagesOf(request).at(-1)?.['role'] === 'assistant',
    removeFrom: appendUser('Go on, please.'),
  },
  large: {
    name: `a body of more than ${LARGE_BYTES / 1000} kB`,
    needed: true,
    isIn: (request) => JSON.stringify(request).length > LARGE_BYTES,
    removeFrom: (request) => ({
      ...request,
      messages: messagesOf(request).filter((_, i, all) => i === 0 || i === all.length - 1),
    }),
  },
  'not-ascii': {
    name: 'characters beyond ASCII',
    needed: true,
    isIn: (request) => JSON.stringify(request).search(NOT_ASCII) >= 0,
    removeFrom: editMessages((message) => {
      const text = joined(message['content'])
      return text.search(NOT_ASCII) < 0
        ? message
        : { ...message, content: text.replaceAll(NOT_ASCII, '?') }
    }),
  },
} as const satisfies Record<string, RequestFeature>

export type FeatureId = keyof typeof REQUEST_FEATURES

/** The features of a request, the most suspected first. */
export function featuresIn(request: JsonObject): FeatureId[] {
  return (Object.keys(REQUEST_FEATURES) as FeatureId[]).filter((id) =>
    REQUEST_FEATURES[id].isIn(request),
  )
}

/** The tool of a request that offers one, as the feature that it is among others. */
export function onlyToolIn(request: JsonObject): ToolFeatureId | undefined {
  const [tool, ...others] = toolsOf(request)
  if (tool === undefined || others.length > 0) return undefined
  return TOOL_FEATURES.find((id) => id === `tool:${nameOf(tool)}`)
}

function member(name: string): RequestFeature {
  return {
    name: `\`${name}\``,
    needed: true,
    isIn: (request) => (request[name] ?? null) !== null,
    removeFrom: without(name),
  }
}

function without(...names: string[]): RequestFeature['removeFrom'] {
  return (request) =>
    Object.fromEntries(Object.entries(request).filter(([name]) => !names.includes(name)))
}

function toolsOf({ tools }: JsonObject): Json[] {
  return Array.isArray(tools) ? tools : []
}

function nameOf(tool: Json): string {
  const called = isJsonObject(tool) ? tool['function'] : undefined
  const name = isJsonObject(called) ? called['name'] : undefined
  return typeof name === 'string' ? name : ''
}

function oneTool(name: string): RequestFeature {
  return {
    name: 'the tool',
    toolsWith: () => [name],
    needed: true,
    isIn: (request) => {
      const names = toolsOf(request).map(nameOf)
      return names.length > 1 && names.includes(name)
    },
    removeFrom: (request) => ({
      ...request,
      tools: toolsOf(request).filter((tool) => nameOf(tool) !== name),
    }),
  }
}

function messagesOf({ messages }: JsonObject): JsonObject[] {
  return Array.isArray(messages) ? messages.filter(isJsonObject) : []
}

function editMessages(edit: (message: JsonObject) => JsonObject): RequestFeature['removeFrom'] {
  return (request) => ({ ...request, messages: messagesOf(request).map(edit) })
}

function appendUser(content: string): RequestFeature['removeFrom'] {
  return (request) => ({
    ...request,
    messages: [...messagesOf(request), { role: 'user', content }],
  })
}

/** The first message that is neither system nor developer. */
function firstTurn(request: JsonObject): JsonObject | undefined {
  return messagesOf(request).find(({ role }) => role === 'user' || role === 'assistant')
}

function followsItsLike({ role }: JsonObject, i: number, all: readonly JsonObject[]): boolean {
  return role === 'user' && all[i - 1]?.['role'] === 'user'
}

function isSilentCall({ content, tool_calls: calls }: JsonObject): boolean {
  return content === null && Array.isArray(calls)
}

/** Content as one text. */
function joined(content: Json | undefined): string {
  if (typeof content === 'string') return content
  const parts = Array.isArray(content) ? content.filter(isJsonObject) : []
  return parts.map(({ text }) => (typeof text === 'string' ? text : '')).join('')
}

/** A keyword in the schemas of tools: how it looks in JSON, and how a schema does without it. */
function inSchemas(
  keyword: string,
  pattern: RegExp,
  simplify: (schema: JsonObject) => JsonObject,
): RequestFeature {
  return {
    name: `${keyword} in the parameters of`,
    needed: true,
    toolsWith: (request) =>
      toolsOf(request)
        .filter((tool) => pattern.test(JSON.stringify(tool)))
        .map(nameOf),
    isIn: ({ tools }) => pattern.test(JSON.stringify(tools ?? null)),
    removeFrom: (request) => ({
      ...request,
      tools: editObjects(request['tools'] ?? null, simplify),
    }),
  }
}

function editObjects(value: Json, edit: (object: JsonObject) => JsonObject): Json {
  if (Array.isArray(value)) return value.map((each) => editObjects(each, edit))
  if (!isJsonObject(value)) return value
  return Object.fromEntries(
    Object.entries(edit(value)).map(([name, each]) => [name, editObjects(each, edit)]),
  )
}
