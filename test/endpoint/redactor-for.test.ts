import { expect, test } from 'vitest'
import { redactorFor } from '../../src/endpoint/index.ts'
import { concatArrivals } from '../../src/wire/index.ts'
import { exchangeOf, says } from '../support/exchanges.ts'

const KEY = 'b0dy/s3cret+4Tq9'

function askedWith(body: object) {
  const url = 'http://localhost/v1/chat/completions'
  const request = { method: 'POST', url, headers: [], body: JSON.stringify(body) }
  return exchangeOf([[1, says(`Your key is ${KEY}.`)]], { request })
}

test('what a body tells is hidden, asked and answered', () => {
  const exchange = askedWith({ model: 'm', elevenlabs_extra_body: { crm: { access_token: KEY } } })
  const { request, arrivals } = redactorFor(exchange.request).exchange(exchange)
  const said = Buffer.from(concatArrivals(arrivals)).toString()
  expect(said).toContain(`Your key is ${'*'.repeat(KEY.length)}.`)
  expect(JSON.parse(request.body!)).toMatchObject({ model: 'm' })
  expect(request.body).not.toContain(KEY)
})

test('a body that tells too much is hidden whole', () => {
  const users = Array.from({ length: 100 }, (_, i) => ({ password: `${KEY}${i}` }))
  const exchange = askedWith({ model: 'm', users })
  const redactor = redactorFor(exchange.request)
  expect(redactor.exchange(exchange).request.body).toBe('***')
  expect(redactor.request(exchange.request).body).toBe('***')
})
