import type { OutputItem } from '../../../../protocol/index.ts'
import { defineCheck } from '../../../check/define-check.ts'
import { ELEVENLABS } from '../../../check/sources.ts'
import { editText, sayOtherwise } from '../../../faults/index.ts'

/** What says nothing that a caller could hear, and asks the client for nothing. */
const SILENT: readonly unknown[] = [undefined, 'message', 'reasoning']

export default defineCheck({
  id: 'stream/empty-reply',
  title: 'A completed response says something or calls a tool',
  severity: 'error',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'A turn is answered with text or with a tool call; to stay silent, call skip_turn',
    ...ELEVENLABS,
  },
  effect: 'The platform ends the whole call: "LLM Cascade Error: Brain returned no response".',
  fix: 'Say something, or call skip_turn where it is offered; make sure the text comes as response.output_text.delta, not only in reasoning, or in the events that close an item.',
  probes: 'every-stream',
  needs: ['whole', 'beginning'],
  *inspect(evidence) {
    const { items, terminals } = evidence.responses
    const end = terminals.find(({ type }) => type === 'response.completed')
    const [{ text, refusal, reasoning } = { text: '', refusal: '', reasoning: '' }] =
      evidence.reading.choices
    if (!end || text !== '' || refusal !== '' || !items.every(isSilent)) return
    yield {
      message:
        reasoning === ''
          ? 'The response was completed with no text and no tool call.'
          : 'The response holds reasoning but no text that could be spoken and no tool call.',
      expected: 'response.output_text.delta with some text, or an item of type function_call',
      ...evidence.where({ event: end.event, path: '' }),
    }
  },
  mutants: {
    'completed-only': sayOtherwise(() => ({ text: '', calls: [], finishReason: 'stop' })),
    'deltas-empty': editText(() => ''),
  },
})

function isSilent({ type, call }: OutputItem): boolean {
  return call === undefined && SILENT.includes(type)
}
