import { type Json, isJsonObject } from '../../protocol/index.ts'
import { defineProbe } from './define-probe.ts'
import { requestFixture } from './request-fixture.ts'

export default defineProbe({
  title: 'the caller says goodbye, and after the tool failed says it again',
  requests: 2,
  alone: true,
  quick: true,
  repeatable: true,
  async run(send) {
    const body = requestFixture('farewell')
    const first = await send({ body })
    const calls = first.reading.choices[0]?.calls ?? []
    if (calls.length === 0) return

    const history = (Array.isArray(body['messages']) ? body['messages'] : []).filter(isJsonObject)
    const turn: Json[] = [
      ...history,
      {
        role: 'assistant',
        content: null,
        tool_calls: calls.map(({ id, name, arguments: args }) => ({
          id: id ?? 'call_unnamed',
          type: 'function',
          function: { name: name ?? '', arguments: args },
        })),
      },
      ...calls.map(({ id }) => ({
        role: 'tool',
        tool_call_id: id ?? 'call_unnamed',
        content: '{"status": "error", "reason": "the caller is still on the line"}',
      })),
      { role: 'user', content: 'Are you still there? Then once more: goodbye!' },
    ]
    await send({ body: { ...body, messages: turn } })
  },
})
