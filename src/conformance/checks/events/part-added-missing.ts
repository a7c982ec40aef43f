import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { issue, OPEN_RESPONSES } from '../../check/sources.ts'
import { dropEach } from '../../faults/index.ts'

export default defineCheck({
  id: 'events/part-added-missing',
  title: 'A part of a message is announced before its first delta',
  severity: 'warning',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'Streamed text MUST be backed by a content part that response.content_part.added has announced',
    ...OPEN_RESPONSES,
    seenIn: issue('vllm-project/vllm', 48_274),
  },
  effect:
    'The stream helpers of the OpenAI SDKs throw; LiveKit, Pipecat and the AI SDK do not look.',
  fix: 'Send response.content_part.added, with an empty part, before the first delta of the part.',
  probes: 'every-stream',
  needs: ['chunks'],
  *inspect(evidence) {
    const early = evidence.responses.items
      .flatMap(({ added, parts }) => (added ? parts : []))
      .filter(
        ({ kind, text, added, opening }) =>
          kind !== 'reasoning' && text !== '' && (added === undefined || added > opening.event),
      )
    yield* onceFor(early, ({ opening }) => ({
      message: 'Text came before its response.content_part.added.',
      expected: 'response.content_part.added before the first delta',
      ...evidence.where({ ...opening, path: '' }),
    }))
  },
  mutants: {
    'part-added-absent': dropEach(/^response\.content_part\.added$/),
  },
})
