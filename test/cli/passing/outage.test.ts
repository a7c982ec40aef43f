import { expect, test } from 'vitest'
import { Outage } from '../../../src/cli/passing/outage.ts'

test('that an endpoint is gone, and that it is back, is told once each', () => {
  const told: string[] = []
  const outage = new Outage((message) => told.push(message))
  outage.connected()
  for (let i = 0; i < 3; i++) outage.unreachable('ECONNREFUSED')
  outage.unreachable('ENOTFOUND')
  outage.connected()
  outage.connected()
  outage.unreachable('ECONNREFUSED')
  outage.connected()
  expect(told).toEqual([
    'the endpoint cannot be reached (ECONNREFUSED); clients get no answer',
    'the endpoint cannot be reached (ENOTFOUND); clients get no answer',
    'the endpoint can be reached again; 4 connections had no answer',
    'the endpoint cannot be reached (ECONNREFUSED); clients get no answer',
    'the endpoint can be reached again; 1 connection had no answer',
  ])
})

test('a certificate that cannot be trusted comes with what to do', () => {
  const told: string[] = []
  new Outage((message) => told.push(message)).unreachable('DEPTH_ZERO_SELF_SIGNED_CERT')
  expect(told).toEqual([expect.stringMatching(/; --insecure takes any certificate$/)])
})
