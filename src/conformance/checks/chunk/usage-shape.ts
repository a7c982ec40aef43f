import { isJsonObject, type JsonObject } from '../../../protocol/index.ts'
import type { Tamper } from '../../../wire/index.ts'
import { defineCheck } from '../../check/define-check.ts'
import { onceFor } from '../../observe/once-for.ts'
import { showJson } from '../../observe/show-json.ts'
import { issue, OPENAI_CHUNK } from '../../check/sources.ts'
import { editChunks } from '../../faults/index.ts'

const MEMBERS = ['prompt_tokens', 'completion_tokens', 'total_tokens'] as const

export default defineCheck({
  id: 'chunk/usage-shape',
  title: '`usage` counts tokens in integers',
  severity: 'warning',
  since: '2026-11',
  dialect: 'chat',
  requirement: {
    text: 'prompt_tokens, completion_tokens and total_tokens, all integers; or null',
    ...OPENAI_CHUNK,
    seenIn: issue('mudler/LocalAI', 1609),
  },
  effect: 'Dashboards and bills that add up usage show nothing, or fail.',
  fix: 'Pass on the usage of your upstream unchanged, or leave it out.',
  probes: 'every-stream',
  needs: ['chunks'],
  signs: ['odd-chunk'],
  *inspect({ chat: { chunks } }) {
    const wrong = chunks.flatMap(({ event, json: { usage = null } }) => {
      const fault = usage === null ? undefined : faultOf(usage)
      return fault === undefined ? [] : { event, fault, usage }
    })
    yield* onceFor(wrong, ({ event, fault, usage }) => ({
      message: `\`usage\` ${fault}.`,
      expected: 'integer prompt_tokens, completion_tokens and total_tokens, total at least prompt',
      actual: showJson(usage),
      at: event,
      path: '/usage',
    }))
  },
  echoes: ['chunk/openai-schema'],
  mutants: {
    'usage-string': editUsage((usage) => ({
      ...usage,
      total_tokens: JSON.stringify(usage['total_tokens']),
    })),
    'usage-negative': editUsage((usage) => ({ ...usage, completion_tokens: -1 })),
    'usage-empty-object': editUsage(() => ({})),
  },
})

function faultOf(usage: unknown): string | undefined {
  if (!isJsonObject(usage)) return 'is not an object'
  const missing = MEMBERS.find((member) => usage[member] === undefined)
  if (missing) return `has no \`${missing}\``
  const wrong = MEMBERS.find((member) => usage[member] !== null && !Number.isInteger(usage[member]))
  if (wrong && usage[wrong] === Infinity) return `has a \`${wrong}\` too large for a number`
  if (wrong) return `has a \`${wrong}\` that is not an integer`
  const negative = MEMBERS.find((member) => Number(usage[member]) < 0)
  if (negative) return `has a \`${negative}\` below zero`
  const { prompt_tokens: prompt, total_tokens: total } = usage
  return typeof prompt === 'number' && typeof total === 'number' && total < prompt
    ? 'has a total below its prompt'
    : undefined
}

function editUsage(edit: (usage: JsonObject) => unknown): Tamper {
  return editChunks((chunk) => {
    if (chunk.usage) chunk.usage = edit(chunk.usage)
  })
}
