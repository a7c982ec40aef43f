import { expect, test } from 'vitest'
import { check } from '../../src/conformance/index.ts'
import { elevenLabsSampleServer } from '../support/elevenlabs-sample-server.ts'

test("the platform's own sample server is told what it lacks", async () => {
  const report = await check({ url: await elevenLabsSampleServer() })
  const failed = report.checks.filter(({ status }) => status === 'fail')
  expect(failed.map(({ id, findings }) => [id, findings[0]!.severity])).toEqual([])
})
