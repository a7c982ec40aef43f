import { parseJson } from '../../../protocol/index.ts'
import { textReply } from '../../../wire/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { blamesClient, expectRefusal } from '../../observe/expect-refusal.ts'
import { issue, OPENAI_ERRORS } from '../../check/sources.ts'
import { answerWhere } from '../../faults/index.ts'

export default defineCheck({
  id: 'errors/invalid-json',
  title: 'A body that is not JSON is refused as the mistake of the client',
  severity: 'warning',
  since: '2026-11',
  requirement: {
    text: 'A request that cannot be read is answered with status 400',
    ...OPENAI_ERRORS,
    seenIn: issue('sgl-project/sglang', 3805),
  },
  effect:
    'Clients and proxies take a 5xx for an outage: they retry what can never work, and alarm the operator.',
  fix: 'Catch the error of your JSON parser, and answer with status 400.',
  probes: ['invalid-json'],
  needs: ['exchange', 'admitted'],
  *inspect(evidence) {
    yield* expectRefusal(evidence, {
      what: 'A body that is not JSON',
      expected: 'status 400',
      isFine: blamesClient,
    })
  },
  mutants: {
    'bad-json-500': answerWhere(
      ({ body }, { status }) => status === 400 && parseJson(body ?? '') === undefined,
      textReply(500, 'application/json', '{"error": {"message": "Internal error"}}'),
    ),
  },
})
