import { defineCheck } from '../../check/define-check.ts'
import { expectRefusal } from '../../observe/expect-refusal.ts'
import { inconclusive } from '../../check/gap.ts'
import { issue, rfc } from '../../check/sources.ts'
import { answerWhere, noAnswer } from '../../faults/index.ts'

export default defineCheck({
  id: 'errors/oversize',
  title: 'A body of 20 MB is answered, whether it is accepted or refused',
  severity: 'info',
  since: '2026-11',
  requirement: {
    text: 'Content larger than the server is willing to process is answered with status 413',
    ...rfc(9110, '15.5.14'),
    seenIn: issue('aattaran/deepclaude', 7),
  },
  effect: 'A conversation that grew too long looks like a network failure, and is sent again.',
  fix: 'Answer with status 413 and read on until the client is done, or raise the limit (nginx: client_max_body_size).',
  probes: ['oversize'],
  needs: ['exchange', 'admitted'],
  *inspect(evidence) {
    const { end, response } = evidence.exchange
    // An answer that came while the body was still being sent may have been lost with the connection.
    if (!response && end.how === 'failed' && end.code === 'EPIPE') {
      return inconclusive('the connection was closed while the body was being sent')
    }
    yield* expectRefusal(evidence, {
      what: 'A body of 20 MB',
      expected: 'status 413 or 400, or a reply',
      isFine: (status) => status < 500,
    })
    return undefined
  },
  mutants: {
    'oversize-reset': answerWhere((_, { status }) => status === 413, noAnswer('reset')),
  },
})
