import { isJsonObject, isTerminalType, type JsonObject } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { issue, RESPONSES_OBJECT } from '../../check/sources.ts'
import { editEach } from '../../faults/index.ts'

const OF_RESPONSE = /^response\.(?:created|in_progress|completed|incomplete|failed)$/
const TERMINAL = /^response\.(?:completed|incomplete|failed)$/

const HAS: Readonly<Record<string, (response: JsonObject) => boolean>> = {
  id: ({ id }) => typeof id === 'string' && id !== '',
  'object "response"': ({ object }) => object === 'response',
  created_at: ({ created_at: at }) => typeof at === 'number',
  model: ({ model }) => typeof model === 'string' && model !== '',
  status: ({ status }) => typeof status === 'string',
  output: ({ output }) => Array.isArray(output),
}

export default defineCheck({
  id: 'events/response-envelope',
  title: 'Events about the response hold it: id, object, created_at, model, status, output',
  severity: 'error',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'The response that was created, is in progress, or is completed',
    ...RESPONSES_OBJECT,
    seenIn: issue('decolua/9router', 705),
  },
  effect:
    'Clients that take the whole response from the last event fail: "NoneType is not iterable". Others miss its id.',
  fix: 'Put the response into response.created, response.in_progress and the last event: `{"id", "object": "response", "created_at", "model", "status", "output": [...]}`.',
  probes: 'every-stream',
  needs: ['chunks'],
  *inspect(evidence) {
    const seen = evidence.responses.events.flatMap(({ event, type, json }) => {
      if (!OF_RESPONSE.test(type)) return []
      const { response } = json
      const missing = isJsonObject(response)
        ? Object.keys(HAS).filter((name) => !HAS[name]!(response))
        : ['response']
      const isGrave =
        isTerminalType(type) &&
        type !== 'response.failed' &&
        missing.some((name) => name === 'response' || name === 'output')
      return missing.length > 0 ? { event, type, missing, isGrave } : []
    })
    for (const severity of ['error', 'warning'] as const) {
      const alike = seen.filter(({ isGrave }) => isGrave === (severity === 'error'))
      yield* onceFor(alike, ({ event, type, missing }) => ({
        message:
          missing[0] === 'response'
            ? `${type} has no response.`
            : `The response of ${type} lacks ${missing.join(', ')}.`,
        expected: Object.keys(HAS).join(', '),
        at: event,
        ...(missing[0] !== 'response' && { path: '/response' }),
        severity,
      }))
    }
  },
  mutants: {
    'completed-no-response': editEach(TERMINAL, (event) => delete event.response),
    'completed-no-output': editEach(TERMINAL, (event) => delete event.response.output),
    'response-no-object': editEach(OF_RESPONSE, ({ response }) => delete response.object),
    'response-no-model': editEach(OF_RESPONSE, ({ response }) => delete response.model),
  },
  echoes: ['stream/status-matches-terminal', 'stream/completed-output', 'stream/usage-missing'],
})
