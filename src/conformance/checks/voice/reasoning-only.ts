import { type Choice, type JsonObject, responses } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { showFinish } from '../../observe/show-finish.ts'
import { ELEVENLABS } from '../../check/sources.ts'
import type { Evidence } from '../../evidence/evidence.ts'
import { editChoices, sayOtherwise } from '../../faults/index.ts'

/** A good model may need more than a smaller budget allows, in tokens. */
const AMPLE_BUDGET = 1_000

export default defineCheck({
  id: 'voice/reasoning-only',
  title: 'A reply is more than reasoning',
  severity: 'error',
  since: '2026-11',
  requirement: {
    text: 'Only delta.content is spoken; a reply without content and without a tool call ends the call',
    ...ELEVENLABS,
  },
  effect:
    'The model thinks until its budget is spent; the caller hears nothing, and the platform gives up.',
  fix: 'Turn reasoning off or down (reasoning_effort, enable_thinking: false), or give it a budget of its own, so that tokens are left for the answer.',
  wordsIn: {
    responses: {
      requirement: {
        text: 'Only response.output_text.delta is spoken; a reply without text and without a tool call ends the call',
        ...ELEVENLABS,
      },
      fix: 'Turn reasoning off or down (reasoning.effort), or raise max_output_tokens, which reasoning counts against, so that tokens are left for the answer.',
    },
  },
  probes: 'every-stream',
  needs: ['whole', 'chunks'],
  *inspect(evidence) {
    const severity = hadAmpleBudget(evidence.request) ? 'error' : 'warning'
    yield* onceFor(
      evidence.reading.choices.filter((choice) => isThoughtOnly(choice, evidence)),
      (choice) => ({
        message:
          choice.finishReason === 'length'
            ? 'The reply spent its whole token budget on reasoning: it has no text and calls no tool.'
            : 'The reply is reasoning alone: it has no text and calls no tool.',
        expected: 'text or a tool call after the reasoning',
        actual: `${choice.reasoning.length} characters of reasoning, ${showFinish(evidence)}`,
        ...evidence.where(choice.latest),
        severity: choice.finishReason === 'length' ? severity : 'error',
      }),
    )
  },
  mutants: {},
  mutantsIn: {
    chat: {
      'reasoning-until-length': editChoices((choice) => {
        if (choice.delta.content) choice.delta.reasoning_content = choice.delta.content
        if (choice.delta.tool_calls) choice.delta.reasoning_content = 'Which tool?'
        delete choice.delta.content
        delete choice.delta.tool_calls
        if (choice.finish_reason) choice.finish_reason = 'length'
      }),
    },
    responses: {
      'reasoning-until-length': sayOtherwise(({ text }) => ({
        text: '',
        calls: [],
        reasoning: text || 'Which tool?',
        finishReason: 'length',
      })),
    },
  },
  echoes: ['stream/empty-reply', 'isolation/revised-turn'],
})

function isThoughtOnly(choice: Choice, evidence: Evidence): boolean {
  const { reasoning, text, refusal, calls, finishReason } = choice
  if (text !== '' || refusal !== '' || calls.length > 0) return false
  if (evidence.dialect.id !== responses.id) return reasoning !== ''
  // What was thought may be told in no words, or in words that nobody but its provider can read.
  const { items } = evidence.responses
  return (
    finishReason !== 'error' && items.length > 0 && items.every(({ type }) => type === 'reasoning')
  )
}

/** Whether the request left room for an answer; unknown requests get the benefit of the doubt. */
function hadAmpleBudget(request: JsonObject | undefined): boolean {
  if (!request) return false
  const budget = request['max_completion_tokens'] ?? request['max_tokens']
  return typeof budget !== 'number' || budget <= 0 || budget >= AMPLE_BUDGET
}
