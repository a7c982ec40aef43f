import { isJsonObject, type JsonObject } from '../../../protocol/index.ts'
import { defineCheck } from '../../check.ts'
import { editChunks } from '../../mutate/index.ts'
import { OPENAI_CHUNK } from '../../sources.ts'
import { tally } from '../../tally.ts'

const MEMBERS = ['prompt_tokens', 'completion_tokens', 'total_tokens'] as const

export default defineCheck({
  id: 'chunk/usage-shape',
  title: '`usage` counts tokens in integers',
  severity: 'warning',
  since: '2026-11',
  requirement: {
    text: 'prompt_tokens, completion_tokens and total_tokens, all integers; or null',
    ...OPENAI_CHUNK,
  },
  effect: 'Dashboards and bills that add up usage show nothing, or fail.',
  fix: 'Pass on the usage of your upstream as it is, or leave it out.',
  probes: 'every-stream',
  needs: ['chunks'],
  *inspect({ chunks }) {
    const wrong = chunks.flatMap(({ event, json: { usage } }) => {
      const fault = (usage ?? null) === null ? undefined : faultOf(usage)
      return fault === undefined ? [] : [{ event, fault, usage }]
    })
    for (const { first, count } of tally(wrong)) {
      yield {
        message: `\`usage\` ${first.fault}.`,
        count,
        expected:
          'integer prompt_tokens, completion_tokens and total_tokens, total at least prompt',
        actual: JSON.stringify(first.usage).slice(0, 200),
        at: first.event,
        path: '/usage',
      }
    }
  },
  mutants: {
    'usage-string': editUsage((usage) => ({
      ...usage,
      total_tokens: JSON.stringify(usage['total_tokens']),
    })),
    'usage-empty-object': editUsage(() => ({})),
  },
})

function faultOf(usage: unknown): string | undefined {
  if (!isJsonObject(usage)) return 'is no object'
  const missing = MEMBERS.find((member) => usage[member] === undefined)
  if (missing) return `has no \`${missing}\``
  const wrong = MEMBERS.find((member) => usage[member] !== null && !Number.isInteger(usage[member]))
  if (wrong) return `has a \`${wrong}\` that is no integer`
  const { prompt_tokens: prompt, total_tokens: total } = usage
  return typeof prompt === 'number' && typeof total === 'number' && total < prompt
    ? 'has a total below its prompt'
    : undefined
}

function editUsage(edit: (usage: JsonObject) => unknown) {
  return editChunks((chunk) => {
    if (chunk.usage) chunk.usage = edit(chunk.usage)
  })
}
