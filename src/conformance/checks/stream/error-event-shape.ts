import { isJsonObject, type JsonObject } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { showJson } from '../../observe/show-json.ts'
import { issue, RESPONSES_EVENTS } from '../../check/sources.ts'
import { breakOff } from './break-off.ts'

const OTHER_NAMES = ['response.error', 'server_error', 'response.errored']

export default defineCheck({
  id: 'stream/error-event-shape',
  title: 'An event that tells of an error is of type `error`, and has a message',
  severity: 'warning',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'error: emitted when an error occurs, with code, message and param',
    ...RESPONSES_EVENTS,
    seenIn: issue('openai/openai-dotnet', 881),
  },
  effect:
    'Clients take the failure for one more event, or report it without a word of what failed.',
  fix: 'Send `{"type": "error", "code", "message", "param", "error": {"type", "code", "message", "param"}}`: some clients read it flat, others nested.',
  probes: 'every-stream',
  needs: ['stream'],
  *inspect(evidence) {
    const { events } = evidence.responses
    const misnamed = events.filter(({ type }) => OTHER_NAMES.includes(type))
    yield* onceFor(misnamed, ({ event, type }) => ({
      message: `An error comes as an event of type ${type}.`,
      expected: '"type": "error"',
      actual: type,
      at: event,
      path: '/type',
    }))
    const wordless = events.filter(({ type, json }) => type === 'error' && !hasMessage(json))
    yield* onceFor(wordless, ({ event, json }) => ({
      message: 'An error event has no message.',
      expected: 'a message, beside the type or in a member `error`',
      actual: showJson(json),
      at: event,
    }))
  },
  mutants: {
    'error-no-message': breakOff({ type: 'error', code: 'server_error' }),
    'error-type-response-error': breakOff({
      type: 'response.error',
      error: { code: 'server_error', message: 'The model is overloaded.' },
    }),
  },
  echoes: [
    'errors/error-in-200',
    'stream/cut-off',
    'stream/terminal-missing',
    'stream/empty-reply',
    'tools/arguments-json',
    'tools/arguments-empty',
  ],
})

function hasMessage({ message, error }: JsonObject): boolean {
  return [message, isJsonObject(error) ? error['message'] : error].some(
    (each) => typeof each === 'string' && each !== '',
  )
}
