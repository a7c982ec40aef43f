import type { OutputPart } from '../../../protocol/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { issue, OPENAI_NODE_RESPONSES } from '../../check/sources.ts'
import { editEach } from '../../faults/index.ts'

export default defineCheck({
  id: 'events/content-index',
  title: 'The parts of each message are numbered from 0 by `content_index`',
  severity: 'error',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'The helper looks for the part at that place in the content of its message, and throws where there is none',
    ...OPENAI_NODE_RESPONSES,
    seenIn: issue('vllm-project/vllm', 45_742),
  },
  effect:
    'The stream helpers of the OpenAI SDKs throw: "missing content at index 1", or an IndexError.',
  fix: 'Count the parts of each item anew: 0 for the first, 1 for the second, ...',
  probes: 'every-stream',
  needs: ['chunks'],
  *inspect(evidence) {
    const misplaced = evidence.responses.items.flatMap(({ outputIndex, parts }) =>
      outputIndex === undefined
        ? []
        : parts
            .filter(isOfMessage)
            .flatMap((part, place) => (part.index === place ? [] : { part, place })),
    )
    yield* onceFor(misplaced, ({ part: { index, opening }, place }) => ({
      message:
        index === undefined
          ? 'A part of a message has no content_index.'
          : `The content_index of part ${place} of a message is ${index}.`,
      expected: `"content_index": ${place}`,
      ...(index !== undefined && { actual: `${index}` }),
      ...evidence.where({ ...opening, path: '' }),
    }))
  },
  mutants: {
    'content-index-from-1': editEach(/./, (event) => {
      if ('content_index' in event) event.content_index++
    }),
    'content-index-continues': editEach(/./, (event, i) => {
      if ('content_index' in event) event.content_index = i
    }),
  },
  echoes: ['stream/text-matches-done', 'stream/text-without-delta'],
})

function isOfMessage({ kind }: OutputPart): boolean {
  return kind !== 'reasoning'
}
