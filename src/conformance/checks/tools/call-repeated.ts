import { defineCheck } from '../../check/define-check.ts'
import { entriesOf } from '../../observe/entries-of.ts'
import { onceFor } from '../../observe/once-for.ts'
import { issue, OPENAI_TOOLS } from '../../check/sources.ts'
import { type Draft, editStream, sayOtherwise } from '../../faults/index.ts'

export default defineCheck({
  id: 'tools/call-repeated',
  title: 'A reply makes each call once',
  severity: 'info',
  since: '2026-11',
  requirement: {
    text: 'Each call of a reply is executed, and its result sent back',
    ...OPENAI_TOOLS,
    seenIn: issue('mudler/LocalAI', 9722),
  },
  effect: 'The platform runs the tool twice: two bookings, or two messages.',
  fix: 'See whether your server parses a call both while it streams and at the end; a model may also repeat itself.',
  probes: 'every-stream',
  needs: ['tool-calls'],
  dependsOnModel: 'choice',
  *inspect(evidence) {
    for (const { calls } of evidence.reading.choices) {
      const made = new Set<string>()
      const again = calls.filter(({ name, arguments: args }) => {
        const entries = entriesOf(args)
        if (name === undefined || entries === undefined) return false
        return made.size === made.add(JSON.stringify([name, entries])).size
      })
      yield* onceFor(again, ({ name, arguments: args, opening }) => ({
        message: `The reply calls ${name} twice with the same arguments.`,
        expected: 'one call',
        actual: args,
        ...evidence.where(opening),
      }))
    }
  },
  mutants: {},
  mutantsIn: {
    chat: {
      'tool-call-twice': editStream((chunks) => {
        const fragmentsOf = (chunk: Draft): Draft[] =>
          chunk.choices.flatMap((choice: Draft) => choice.delta.tool_calls ?? [])
        const calls = Math.max(0, ...chunks.flatMap(fragmentsOf).map(({ index }) => index + 1))
        return chunks.flatMap((chunk) => {
          const again = structuredClone(chunk)
          for (const fragment of fragmentsOf(again)) {
            fragment.index += calls
            if (fragment.id) fragment.id += '-again'
          }
          return fragmentsOf(again).length > 0 ? [chunk, again] : chunk
        })
      }),
    },
    responses: {
      'tool-call-twice': sayOtherwise(({ calls, ...answer }) =>
        calls.length === 0 ? undefined : { ...answer, calls: [...calls, ...calls] },
      ),
    },
  },
})
