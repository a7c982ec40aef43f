import { DONE } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { ELEVENLABS } from '../../check/sources.ts'
import { editData } from '../../faults/index.ts'

export default defineCheck({
  id: 'sse/done',
  title: 'The stream ends with `data: [DONE]`',
  severity: 'error',
  since: '2026-11',
  dialect: 'chat',
  requirement: { text: 'The stream must end with data: [DONE]', ...ELEVENLABS },
  effect: 'A client that waits for the terminator cannot tell a finished answer from a broken one.',
  fix: 'Write "data: [DONE]\\n\\n" after the last chunk, spelled exactly so.',
  probes: 'every-stream',
  needs: ['whole'],
  *inspect({ chat: { data }, done, stream }) {
    if (done) return
    const almost = data.find(({ payload }) => payload.kind === 'almost-done')?.event
    const last = almost ?? stream.events.at(-1)
    yield {
      message: almost
        ? 'The terminator is misspelled, so clients try to parse it as JSON.'
        : 'The stream ended without [DONE].',
      expected: 'a last event whose data is exactly [DONE]',
      actual: last?.data ?? 'no event',
      ...(last && { at: last }),
    }
  },
  mutants: {
    'done-missing': editData((data) => (data === DONE ? [] : data)),
    'done-lowercase': editData((data) => (data === DONE ? DONE.toLowerCase() : data)),
    'done-quoted': editData((data) => (data === DONE ? JSON.stringify(DONE) : data)),
  },
})
