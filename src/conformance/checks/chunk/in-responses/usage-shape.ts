import { isJsonObject, type JsonObject } from '../../../../protocol/index.ts'
import type { Tamper } from '../../../../wire/index.ts'
import { defineCheck } from '../../../check/define-check.ts'
import { RESPONSES_EVENTS } from '../../../check/sources.ts'
import { editEach } from '../../../faults/index.ts'
import { onceFor } from '../../../observe/once-for.ts'
import { showJson } from '../../../observe/show-json.ts'

const MEMBERS = ['input_tokens', 'output_tokens', 'total_tokens'] as const

export default defineCheck({
  id: 'chunk/usage-shape',
  title: '`usage` counts tokens in integers',
  severity: 'warning',
  since: '2026-11',
  dialect: 'responses',
  requirement: {
    text: 'input_tokens, output_tokens and total_tokens, all integers; or null until the response is over',
    ...RESPONSES_EVENTS,
  },
  effect: 'Dashboards and bills that add up usage show nothing, or fail.',
  fix: 'Pass on the usage of your upstream unchanged, or leave it out.',
  probes: 'every-stream',
  needs: ['chunks'],
  *inspect(evidence) {
    const wrong = evidence.responses.responses.flatMap(({ event, response }) => {
      const usage = response?.['usage'] ?? null
      const fault = usage === null ? undefined : faultOf(usage)
      return fault === undefined ? [] : { event, fault, usage }
    })
    yield* onceFor(wrong, ({ event, fault, usage }) => ({
      message: `\`usage\` ${fault}.`,
      expected: 'integer input_tokens, output_tokens and total_tokens, total at least input',
      actual: showJson(usage),
      ...evidence.where({ event, path: '/response/usage' }),
    }))
  },
  mutants: {
    'usage-string': editUsage((usage) => ({
      ...usage,
      total_tokens: JSON.stringify(usage['total_tokens']),
    })),
    'usage-negative': editUsage((usage) => ({ ...usage, output_tokens: -1 })),
    'usage-list': editUsage((usage) => [usage]),
  },
})

/** What is missing, or has the names of chat completions, is for another check to say. */
function faultOf(usage: unknown): string | undefined {
  if (!isJsonObject(usage)) return 'is not an object'
  const told = MEMBERS.filter((member) => (usage[member] ?? null) !== null)
  const wrong = told.find((member) => !Number.isInteger(usage[member]))
  if (wrong && usage[wrong] === Infinity) return `has a \`${wrong}\` too large for a number`
  if (wrong) return `has a \`${wrong}\` that is not an integer`
  const negative = told.find((member) => Number(usage[member]) < 0)
  if (negative) return `has a \`${negative}\` below zero`
  const { input_tokens: input, total_tokens: total } = usage
  return typeof input === 'number' && typeof total === 'number' && total < input
    ? 'has a total below its input'
    : undefined
}

function editUsage(edit: (usage: JsonObject) => unknown): Tamper {
  return editEach(/./, ({ response }) => {
    if (response?.usage) response.usage = edit(response.usage)
  })
}
