import { isJsonObject, type Json } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { showJson } from '../../observe/show-json.ts'
import { AI_SDK } from '../../check/sources.ts'
import { type Draft, editEvents, renumbered } from '../../faults/index.ts'

export default defineCheck({
  id: 'stream/failed-reason',
  title: 'response.failed says what failed',
  severity: 'warning',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'The failure of a response is told only where it has an `error`',
    ...AI_SDK,
  },
  effect: 'The turn ends in silence, with no error that anybody could look into.',
  fix: 'Put `"error": {"code", "message"}` into the response of response.failed.',
  probes: 'every-stream',
  needs: ['chunks'],
  *inspect(evidence) {
    for (const { event, type, response } of evidence.responses.terminals) {
      if (type !== 'response.failed' || hasMessage(response?.['error'])) continue
      yield {
        message: 'response.failed does not say what failed.',
        expected: '"error": {"code": "server_error", "message": "..."}',
        actual: showJson(response?.['error']),
        ...evidence.where({ event, path: response ? '/response' : '' }),
      }
    }
  },
  mutants: {
    'failed-error-null': editEvents((events) =>
      renumbered([...events.slice(0, events.length / 2), failed(events.at(-1))]),
    ),
  },
  echoes: [
    'errors/error-in-200',
    'stream/cut-off',
    'stream/text-without-delta',
    'stream/empty-reply',
    'tools/arguments-json',
    'tools/arguments-empty',
  ],
})

function hasMessage(error: Json | undefined): boolean {
  return isJsonObject(error) && typeof error['message'] === 'string' && error['message'] !== ''
}

function failed({ response }: Draft): Draft {
  return {
    type: 'response.failed',
    sequence_number: 0,
    response: { ...response, status: 'failed', output: [], error: null, usage: null },
  }
}
