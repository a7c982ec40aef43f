import { expect, test } from 'vitest'
import { requestParameters } from '../../../src/gateway/account/request-parameters.ts'
import type { ChatRequest } from '../../../src/protocol/index.ts'

const request: ChatRequest = { model: 'voice', messages: [{ role: 'user', content: 'Hi' }] }

test.each<[what: string, said: object, read: object]>([
  ['nothing', {}, {}],
  ['no limit, as ElevenLabs says it', { max_tokens: -1 }, {}],
  [
    'what is null',
    { max_tokens: null, temperature: null, top_p: null, seed: null, stop: null, n: null },
    {},
  ],
  ['the older limit', { max_tokens: 9 }, { maxTokens: 9 }],
  ['both limits', { max_tokens: 9, max_completion_tokens: 8 }, { maxTokens: 8 }],
  ['one stop', { stop: '.' }, { stop: ['.'] }],
  ['several stops', { stop: ['.', '!'] }, { stop: ['.', '!'] }],
  [
    'zeros',
    { temperature: 0, top_p: 0, seed: 0, n: 1 },
    { temperature: 0, topP: 0, seed: 0, choices: 1 },
  ],
  ['a seed that is none', { seed: 'x' }, {}],
])('parameters are read of %s', (_, said, read) => {
  expect(requestParameters({ ...request, ...said })).toEqual(read)
})
