import { defineCheck } from '../../check/define-check.ts'
import { skip } from '../../check/gap.ts'
import { CASCADE } from '../../check/sources.ts'
import { showClock } from '../../observe/show-clock.ts'
import { onlyFor, setTimes } from '../../faults/index.ts'
import { TIMED_PROBES } from '../../probe-ids.ts'

export default defineCheck({
  id: 'latency/tool-call-ready',
  title: 'A tool call is soon whole',
  severity: 'warning',
  since: '2026-11',
  requirement: {
    text: 'A tool can run once its call is whole, and until then nobody speaks; 3 s is our proposal, with the 4 s of cascade_timeout_seconds in mind',
    ...CASCADE,
  },
  effect: 'The caller has said goodbye, and the line stays open and silent.',
  fix: 'Keep the arguments of tools short, and the text before a call; use a faster model.',
  probes: TIMED_PROBES,
  needs: ['exchange', 'tool-calls', 'whole'],
  *inspect({ timing }, { toolCallReadyMs }) {
    const { firstContentMs = 0, toolCallMs = 0 } = timing
    if (toolCallMs <= toolCallReadyMs) return undefined
    if (firstContentMs > toolCallReadyMs) return skip('already the first content was that late')
    yield {
      message: `The tool call was whole after ${Math.round(toolCallMs)} ms.`,
      expected: `at most ${toolCallReadyMs} ms`,
      actual: showClock(timing),
    }
    return undefined
  },
  mutants: {
    'slow-tool': onlyFor(
      /still on the line/,
      setTimes((i, count) => (3_600 * i) / (count - 1)),
    ),
  },
})
