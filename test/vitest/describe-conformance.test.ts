import { describe, expect, test } from 'vitest'
import { UNHURRIED } from '../../scripts/unhurried.ts'
import { checksFor } from '../../src/conformance/index.ts'
import { chat } from '../../src/protocol/index.ts'
import { faultOf } from '../support/fault.ts'
import { referenceServer } from '../support/reference-server.ts'
import { type Outcome, runVitest } from '../support/vitest-project.ts'

const having = (outcomes: Map<string, Outcome>, status: Outcome['status']) =>
  [...outcomes].filter(([, outcome]) => outcome.status === status).map(([title]) => title)

describe('describeConformance', () => {
  test('a good endpoint: every check is a test, and passes or is skipped', async () => {
    const url = await referenceServer()
    const options = { budgets: ['total max<60000'], limits: UNHURRIED }
    const outcomes = await runVitest(`describeConformance('${url}', ${JSON.stringify(options)})`)
    const common = checksFor(chat)
      .filter(({ optIn }) => optIn === undefined)
      .map(({ id }) => id)
    expect([...outcomes.keys()]).toEqual([
      ...common,
      'budget: total max<60000',
      'the run has a verdict',
    ])
    expect(having(outcomes, 'failed')).toEqual([])
    expect(outcomes.get('sse/done')?.status).toBe('passed')
  })

  test('a broken one: its check fails, with the whole message', async () => {
    const url = await referenceServer(faultOf('sse/done', 'done-missing'))
    const outcomes = await runVitest(
      `describeConformance(async () => '${url}', { only: ['sse'], profile: 'vapi', quick: true })`,
    )
    expect(having(outcomes, 'failed')).toEqual(['sse/done'])
    const { message } = outcomes.get('sse/done')!
    expect(message).toContain('The stream ended without [DONE].')
    for (const label of ['requires', 'effect', 'fix', 'repeat']) expect(message).toContain(label)
  })

  test('warnings, known failures and quick runs do not fail; budgets do', async () => {
    const url = await referenceServer(faultOf('sse/done', 'done-missing'))
    const failures = ['streamed-turn', 'streamed-story', 'tool-result', 'farewell', 'barge-in'].map(
      (probe) => ({ id: 'sse/done', probe, reason: 'soon' }),
    )
    const options = {
      only: ['sse/done', 'sse/utf8', 'transport/options-preflight'],
      quick: true,
      baseline: { failures },
      budgets: ['total max<0.001', 'total p(99)<60000'],
    }
    const outcomes = await runVitest(`describeConformance('${url}', ${JSON.stringify(options)})`)
    expect(outcomes.get('sse/done')?.status).toBe('passed')
    expect(outcomes.get('transport/options-preflight')?.status).toBe('skipped')
    expect(outcomes.get('budget: total p(99)<60000')?.status).toBe('skipped')
    expect(having(outcomes, 'failed')).toEqual(['budget: total max<0.001'])
    expect(outcomes.get('budget: total max<0.001')!.message).toMatch(/it was \d+ ms/)
  })

  test('a baseline that no longer fits fails, and so does a run that judges nothing', async () => {
    const url = await referenceServer()
    const failures = [{ id: 'sse/done', probe: 'farewell', reason: 'soon' }]
    const outdated = { only: ['sse/done'], quick: true, baseline: { failures } }
    const stale = await runVitest(`describeConformance('${url}', ${JSON.stringify(outdated)})`)
    expect(having(stale, 'failed')).toEqual(['the run has a verdict'])
    expect(stale.get('the run has a verdict')!.message).toContain('the baseline is stale')

    const idle = { only: ['transport/options-preflight'], quick: true }
    const nothing = await runVitest(`describeConformance('${url}', ${JSON.stringify(idle)})`)
    expect(having(nothing, 'failed')).toEqual(['the run has a verdict'])
    expect(nothing.get('the run has a verdict')!.message).toContain('nothing was judged')
  })
})
