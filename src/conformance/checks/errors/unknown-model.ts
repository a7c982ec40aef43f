import { jsonReply } from '../../../wire/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { describeAnswer } from '../../observe/describe-answer.ts'
import { blamesClient, expectRefusal } from '../../observe/expect-refusal.ts'
import { issue, OPENAI_ERRORS } from '../../check/sources.ts'
import { answerWhere } from '../../faults/index.ts'

const EXPECTED = 'status 404 or 400, or a reply where there is one model only'

export default defineCheck({
  id: 'errors/unknown-model',
  title: 'A model that does not exist is refused by name, or every name is accepted',
  severity: 'info',
  since: '2026-11',
  requirement: {
    text: 'OpenAI answers with status 404 and the code `model_not_found`',
    ...OPENAI_ERRORS,
    seenIn: issue('ollama/ollama', 6646),
  },
  effect: 'A misspelt model in the settings of the agent looks like an outage.',
  fix: 'Answer with status 404 and "code": "model_not_found".',
  probes: ['unknown-model'],
  needs: ['exchange', 'admitted'],
  *inspect(evidence) {
    const what = 'A model that does not exist'
    yield* expectRefusal(evidence, {
      what,
      expected: EXPECTED,
      isFine: (status) => blamesClient(status) || (status >= 200 && status < 300),
    })
    if (evidence.wasAccepted && evidence.errorText !== undefined) {
      yield {
        message: `${what} was answered with an error, but with status ${evidence.exchange.response?.status}.`,
        expected: EXPECTED,
        actual: describeAnswer(evidence),
      }
    }
  },
  mutants: {
    'unknown-model-500': answerWhere(
      ({ body }) => body?.includes('"soundcheck-no-such-model"') ?? false,
      jsonReply(500, { error: { message: 'Internal error' } }),
    ),
  },
})
