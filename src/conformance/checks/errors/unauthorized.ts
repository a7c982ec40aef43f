import { jsonReply } from '../../../wire/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { expectRefusal } from '../../observe/expect-refusal.ts'
import { issue, OPENAI_ERRORS } from '../../check/sources.ts'
import { answerWhere, jsonCompletion } from '../../faults/index.ts'

export default defineCheck({
  id: 'errors/unauthorized',
  title: 'A wrong key is refused with status 401 or 403',
  severity: 'warning',
  since: '2026-11',
  requirement: {
    text: '401: the requesting API key is not correct',
    ...OPENAI_ERRORS,
    seenIn: issue('ogx-ai/ogx', 2990),
  },
  effect:
    'With status 200, whoever finds the URL talks at your expense; with 5xx, a key that has expired looks like an outage.',
  fix: 'Compare the bearer token before you do anything else, and answer with status 401.',
  probes: ['wrong-key'],
  needs: ['exchange', 'admitted'],
  *inspect(evidence) {
    yield* expectRefusal(evidence, {
      what: 'A wrong key',
      expected: 'status 401 or 403',
      isFine: (status) => status === 401 || status === 403,
    })
  },
  mutants: {
    'auth-500': answerWhere(
      (_, { status }) => status === 401,
      jsonReply(500, { error: { message: 'Internal error' } }),
    ),
    'auth-ignored': answerWhere((_, { status }) => status === 401, jsonCompletion),
  },
})
