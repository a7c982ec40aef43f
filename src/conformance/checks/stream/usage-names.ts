import { defineCheck } from '../../check/define-check.ts'
import { showJson } from '../../observe/show-json.ts'
import { AI_SDK } from '../../check/sources.ts'
import { editEach } from '../../faults/index.ts'

const NAMES = ['input_tokens', 'output_tokens', 'total_tokens']
const TERMINAL = /^response\.(?:completed|incomplete)$/

export default defineCheck({
  id: 'stream/usage-names',
  title: 'Usage has input_tokens, output_tokens and total_tokens',
  severity: 'warning',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'Usage must have `input_tokens` and `output_tokens`: numbers',
    ...AI_SDK,
  },
  effect: 'The AI SDK ends the turn with an error, although all was said; costs are counted as 0.',
  fix: 'Call them input_tokens and output_tokens: prompt_tokens and completion_tokens are those of chat completions.',
  probes: 'every-stream',
  needs: ['chunks'],
  *inspect(evidence) {
    const { usage, responses } = evidence.responses
    if (!usage) return
    const missing = NAMES.filter((name) => typeof usage[name] !== 'number')
    if (missing.length === 0) return
    const { event } = responses.findLast(({ response }) => response?.['usage'] === usage)!
    yield {
      message: `Usage lacks ${missing.join(', ')}.`,
      expected: NAMES.join(', '),
      actual: showJson(usage),
      ...evidence.where({ event, path: '/response/usage' }),
    }
  },
  mutants: {
    'usage-chat-names': editEach(TERMINAL, ({ response }) => {
      const {
        input_tokens: prompt,
        output_tokens: completion,
        total_tokens: total,
      } = response.usage
      response.usage = {
        prompt_tokens: prompt,
        completion_tokens: completion,
        total_tokens: total,
      }
    }),
  },
})
