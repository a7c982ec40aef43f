import { isJsonObject, type JsonObject, responses } from '../../protocol/index.ts'
import type { AskedFeature } from '../checks/request/asked-feature.ts'
import { askedFeaturesIn } from '../checks/request/asked-features.ts'
import { storeFalse } from '../checks/request/store-false.ts'
import { responseIdOf } from '../evidence/response-id-of.ts'
import type { Evidence } from '../evidence/evidence.ts'
import { CHAINED, PASSWORD } from '../evidence/nonces.ts'
import { wasTurnedDown } from '../evidence/was-turned-down.ts'
import { defineProbe, type Send } from './define-probe.ts'
import { requestFixture } from './request-fixture.ts'

const [TYPED, UNTYPED] = CHAINED
const QUESTION = 'What is the code word, what is the reference, and what is the password?'

export default defineProbe({
  title: 'a turn with all that items may have, two at once that go on from it, and what never was',
  dialect: responses.id,
  requests: 4,
  async run(send) {
    const opening = openingTurn()
    const turn = await firstAccepted(send, opening)
    const id = responseIdOf(turn)
    if (wasTurnedDown(turn)) return
    const results = turn.calls.map(({ id: call_id = 'call_unnamed' }) => ({
      type: 'function_call_output',
      call_id,
      output: '{"status": "on its way"}',
    }))
    const next = [...results, { type: 'message', role: 'user', content: QUESTION }]
    const base = {
      model: 'custom-model',
      stream: true,
      instructions: instructionsOf('streamed-turn'),
    }
    const kept = { store: false, include: ['reasoning.encrypted_content'] }
    const chained = await twice(send, {
      ...base,
      ...kept,
      previous_response_id: id ?? 'resp_unnamed',
      input: next,
    })
    if (chained.every(wasTurnedDown)) {
      // Nothing is kept: all is told again.
      const items = Array.isArray(opening['input']) ? opening['input'] : []
      const calls = turn.calls.map(
        ({ id: call_id = 'call_unnamed', name = '', arguments: args }) => ({
          type: 'function_call',
          call_id,
          name,
          arguments: args,
        }),
      )
      const whole = { ...base, ...kept, input: [...items, ...calls, ...next] }
      const told = await twice(send, whole)
      if (told.every(wasTurnedDown)) {
        await send({ body: storeFalse.removeFrom(whole), inOwnWords: true, purpose: 'control' })
      }
    }
    const unknown = {
      model: 'custom-model',
      stream: true,
      previous_response_id: 'resp_soundcheck_never_was',
      input: [{ type: 'message', role: 'user', content: 'Hello?' }],
    }
    await send({ body: unknown, inOwnWords: true, purpose: 'control' })
  },
})

/** More would not be worth their cost. */
const MOST_CULPRITS = 3

/** Finds out what is refused of a turn, one thing after the other, until what is left is accepted. */
async function firstAccepted(send: Send, opening: JsonObject): Promise<Evidence> {
  let asked = opening
  let answer = await send({ body: asked, inOwnWords: true })
  for (let n = 0; n < MOST_CULPRITS && wasTurnedDown(answer); n++) {
    const culprit = await culpritIn(send, asked)
    if (!culprit) return answer
    asked = culprit.removeFrom(asked)
    answer = await send({ body: asked, inOwnWords: true, purpose: 'control' })
  }
  return answer
}

/** Takes away one feature after the other; the last one before it is accepted is the culprit. */
async function culpritIn(send: Send, refused: JsonObject): Promise<AskedFeature | undefined> {
  let rest = refused
  for (const feature of askedFeaturesIn(refused)) {
    // One may have gone, or changed, with another.
    if (!feature.isIn(rest)) continue
    rest = feature.removeFrom(rest)
    const answer = await send({ body: rest, inOwnWords: true, purpose: 'control' })
    if (!wasTurnedDown(answer)) return feature
  }
  return undefined
}

/** The first finds out whether something is kept; the second is a turn. */
function twice(send: Send, body: JsonObject): Promise<readonly Evidence[]> {
  const request = { body, inOwnWords: true } as const
  return Promise.all([send({ ...request, purpose: 'control' }), send(request)])
}

function openingTurn(): JsonObject {
  return {
    model: 'custom-model',
    stream: true,
    store: true,
    instructions: `${instructionsOf('streamed-turn')} The password is ${PASSWORD}.`,
    reasoning: { effort: 'none' },
    tools: [
      { ...TOOL, name: 'lookup_order', strict: null },
      {
        ...TOOL,
        name: 'cancel_order',
        description: 'Cancels one order by its number.',
        strict: false,
      },
    ],
    tool_choice: { type: 'function', name: 'lookup_order' },
    input: [
      { role: 'assistant', content: 'Hi, this is Ava from the roastery. How can I help?' },
      { type: 'message', role: 'system', content: 'The caller is known to the roastery.' },
      { type: 'message', role: 'user', content: `My reference is ${TYPED}.` },
      {
        type: 'reasoning',
        id: 'rs_soundcheck',
        summary: [{ type: 'summary_text', text: 'The caller tells a reference.' }],
        encrypted_content: 'c291bmRjaGVjaw==',
      },
      {
        type: 'message',
        id: 'msg_soundcheck',
        status: 'completed',
        role: 'assistant',
        content: [{ type: 'output_text', text: 'Thank you, I have noted it.', annotations: [] }],
      },
      { role: 'user', content: `The code word is ${UNTYPED}. Where is my order A1042?` },
    ],
  }
}

const TOOL = {
  type: 'function',
  description: 'Looks up one order by its number.',
  parameters: {
    type: 'object',
    properties: { order_number: { type: 'string', description: 'Such as A1042.' } },
    required: ['order_number'],
  },
}

/** The system prompt of a request that is sent anyway. */
function instructionsOf(name: string): string {
  const { messages } = requestFixture(name)
  const [first] = Array.isArray(messages) ? messages : []
  return isJsonObject(first) && typeof first['content'] === 'string' ? first['content'] : ''
}
