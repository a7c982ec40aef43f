import { DONE } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { ELEVENLABS, issue, RESPONSES_EVENTS } from '../../check/sources.ts'
import { wordsOf } from '../../evidence/words-of.ts'
import { insertAfterDone } from '../../faults/index.ts'

const LIMIT_MS = 1_000

export default defineCheck({
  id: 'transport/closes-after-done',
  title: 'The response ends within a second of `[DONE]`',
  severity: 'warning',
  since: '2026-11',
  requirement: {
    text: '[DONE] ends the stream',
    ...ELEVENLABS,
    seenIn: issue('agentscope-ai/agentscope-java', 2073),
  },
  effect:
    'Clients that wait for the end of the response keep the turn open, and connections pile up.',
  fix: 'End the response (return from the generator) right after writing [DONE].',
  wordsIn: {
    responses: {
      title: 'The response ends within a second of its last event',
      requirement: {
        text: 'response.completed, response.incomplete or response.failed is the last event, save for [DONE]',
        ...RESPONSES_EVENTS,
        seenIn: issue('agentscope-ai/agentscope-java', 2073),
      },
      fix: 'End the response (return from the generator) right after writing its last event.',
    },
  },
  probes: 'every-stream',
  needs: ['exchange', 'stream'],
  *inspect({ exchange: { end }, done, dialect }) {
    if (!done || (end.how !== 'complete' && end.how !== 'held-open')) return
    const held = Math.round(end.atMs - (done.atMs ?? end.atMs))
    if (held <= LIMIT_MS) return
    const last = done.data === DONE ? DONE : wordsOf({ dialect }).end
    yield {
      message:
        end.how === 'held-open'
          ? `The response was still open ${held} ms after ${last}.`
          : `The response ended ${held} ms after ${last}.`,
      expected: `the end of the response within ${LIMIT_MS} ms`,
      at: done,
    }
  },
  mutants: { 'hang-after-done': insertAfterDone({ kind: 'hang-up', atMs: 0, how: 'stall' }) },
})
