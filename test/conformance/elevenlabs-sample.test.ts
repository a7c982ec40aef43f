import { expect, test } from 'vitest'
import { UNHURRIED } from '../../scripts/unhurried.ts'
import { check } from '../../src/conformance/index.ts'
import { elevenLabsSampleServer } from '../support/elevenlabs-sample-server.ts'

test("the platform's own sample server is told exactly what it lacks", async () => {
  const report = await check({ url: await elevenLabsSampleServer(), limits: UNHURRIED })
  const failed = report.checks.filter(({ status }) => status === 'fail')
  const told = failed.map(({ id, severity, findings }) => [severity, id, findings[0]!.actual])
  expect(told).toEqual([
    // It streams whatever is asked.
    ['info', 'transport/stream-unasked', expect.anything()],
    // Messages declare content as a string, and nothing else.
    ['error', 'request/content-null', 'status 422: body.messages.3.content: must be string'],
    ['warning', 'request/content-parts', 'status 422: body.messages.3.content: must be string'],
    // A request has no `tools`, no `tool_choice`, no `stop`, no `n`, no `stream_options`.
    ['info', 'stream/include-usage', null],
    // What the upstream refuses is caught by nobody.
    ['info', 'errors/unknown-model', expect.stringContaining('500')],
    ['warning', 'errors/error-shape', expect.anything()],
    ['warning', 'behaviour/tools-never-called', expect.anything()],
    ['info', 'behaviour/stop-sequence', expect.anything()],
    ['info', 'behaviour/n-choices', expect.anything()],
  ])
})
