import { eventStreamReply } from '../../../wire/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { issue, OPENAI_ERRORS } from '../../check/sources.ts'
import { answerErrorsWith } from '../../faults/index.ts'
import { ERROR_PROBES } from '../../probe-ids.ts'

const DATA = {
  type: 'error',
  sequence_number: 0,
  code: 'invalid_request',
  message: 'The request is not valid.',
}

export default defineCheck({
  id: 'errors/before-stream',
  title: 'A request that is refused gets a status, not a stream that tells of an error',
  severity: 'warning',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'Errors before a response is begun come with a status of 400 or more, and as JSON',
    ...OPENAI_ERRORS,
    seenIn: issue('praxis-proxy/ai', 1005),
  },
  effect: 'Clients neither try again nor ask the next model: to them the turn was answered.',
  fix: 'Validate the request before you send the head of the stream.',
  probes: ERROR_PROBES,
  needs: ['exchange', 'admitted'],
  *inspect(evidence) {
    const { wasAccepted, stream, spoken, calls, reading } = evidence
    if (!wasAccepted || stream.events.length === 0) return
    if (spoken.length > 0 || calls.length > 0) return
    const error = reading.pieces.find(({ kind }) => kind === 'error')
    if (!error) return
    yield {
      message: `A refusal comes with status ${evidence.exchange.response?.status}, as a stream.`,
      expected: 'status 400 or more, with a JSON body',
      actual: stream.events[error.event]!.data,
      ...evidence.where({ event: error.event, path: '' }),
    }
  },
  mutants: {
    'refuse-as-stream': answerErrorsWith(() =>
      eventStreamReply([{ kind: 'event', atMs: 0, event: 'error', data: JSON.stringify(DATA) }]),
    ),
  },
  echoes: [
    'errors/error-in-200',
    'errors/error-shape',
    'errors/invalid-json',
    'errors/method',
    'errors/missing-messages',
    'errors/oversize',
    'errors/unauthorized',
    'errors/unknown-model',
  ],
})
