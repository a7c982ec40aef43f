import { isJsonObject } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { RESPONSES_OBJECT } from '../../check/sources.ts'
import { editEach } from '../../faults/index.ts'

const TERMINAL = /^response\.(?:completed|incomplete)$/

export default defineCheck({
  id: 'stream/usage-missing',
  title: 'The response that ends a stream has usage',
  severity: 'info',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'Represents token usage details including input tokens and output tokens',
    ...RESPONSES_OBJECT,
  },
  effect: 'Nobody knows what the turn has cost; no client known minds.',
  fix: 'Put `"usage": {"input_tokens", "output_tokens", "total_tokens"}` into the response that ends the stream.',
  probes: 'every-stream',
  needs: ['chunks'],
  *inspect(evidence) {
    const { usage, terminals } = evidence.responses
    const end = terminals.find(({ type }) => TERMINAL.test(type))
    if (!end || isJsonObject(usage)) return
    yield {
      message: `The response in ${end.type} has no usage.`,
      expected: '"usage": {"input_tokens", "output_tokens", "total_tokens"}',
      ...evidence.where({ event: end.event, path: '' }),
    }
  },
  mutants: {
    'usage-absent': editEach(TERMINAL, ({ response }) => delete response.usage),
  },
})
