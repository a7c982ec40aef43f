import { dialectAt, dialects } from '../../../protocol/index.ts'
import { pathOf } from '../../../wire/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { blamesClient, expectRefusal } from '../../observe/expect-refusal.ts'
import { issue, rfc } from '../../check/sources.ts'
import { answerWhere, noAnswer } from '../../faults/index.ts'

export default defineCheck({
  id: 'errors/method',
  title: 'GET is refused where POST belongs',
  severity: 'info',
  since: '2026-11',
  requirement: {
    text: 'A method that is known but not supported by the resource is answered with status 405',
    ...rfc(9110, '15.5.6'),
    seenIn: issue('nomic-ai/gpt4all', 3185),
  },
  effect: 'Whoever opens the URL in a browser cannot tell a wrong method from a dead server.',
  fix: 'Route only POST to the completions, and answer other methods with status 405.',
  wordsIn: {
    responses: {
      fix: 'Route only POST to the collection of responses, and answer other methods there with status 405.',
    },
  },
  probes: ['wrong-method'],
  needs: ['exchange', 'admitted'],
  *inspect(evidence) {
    yield* expectRefusal(evidence, {
      what: 'GET',
      expected: 'status 405 or 404',
      // Some servers implement POST only, and say so.
      isFine: (status) => blamesClient(status) || status === 501,
    })
  },
  mutants: {
    'get-hangs': answerWhere(
      ({ method, url }) => method === 'GET' && dialectAt(pathOf(url), dialects) !== undefined,
      noAnswer('stall'),
    ),
  },
})
