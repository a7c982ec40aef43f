import { defineCheck } from '../../check/define-check.ts'
import { skip } from '../../check/gap.ts'
import { issue, OPENAI_CHUNK, RESPONSES_EVENTS } from '../../check/sources.ts'
import { heldBack } from '../../evidence/held-back.ts'
import { showClock } from '../../observe/show-clock.ts'
import { onlyFor, setTimes } from '../../faults/index.ts'

export default defineCheck({
  id: 'latency/tools-buffered',
  title: 'Text streams where tools are offered, too',
  severity: 'warning',
  since: '2026-11',
  requirement: {
    text: 'With "stream": true deltas are sent as they are generated, whatever else the request holds',
    ...OPENAI_CHUNK,
    seenIn: issue('ollama/ollama', 9084),
  },
  wordsIn: {
    responses: {
      requirement: {
        text: 'With "stream": true events are sent as they happen, whatever else the request holds',
        ...RESPONSES_EVENTS,
        seenIn: issue('ollama/ollama', 9084),
      },
    },
  },
  effect: 'Voice platforms offer tools with every turn: every turn waits for its whole text.',
  fix: "Let the tool parser pass on text that cannot be a call any more, or update the server: Ollama's and SGLang's did not.",
  probes: ['streamed-story'],
  needs: ['exchange', 'content', 'whole'],
  *compare(evidence, { heldBackMs }) {
    const plain = evidence.find(({ offered }) => offered?.size === 0)
    const offering = evidence.find(({ offered }) => offered && offered.size > 0)
    if (!plain || !offering)
      return skip('there are no two texts to compare: with tools and without')
    if (offering.contentEncoding !== undefined) {
      return skip('the reply with tools came compressed, which may hold it back as well')
    }
    const held = heldBack(offering, [plain], heldBackMs)
    if (!held) return undefined
    yield {
      message: `Where tools are offered, the text is held back: its first delta came after ${Math.round(held.firstMs)} ms, its last after ${Math.round(held.lastMs)} ms.`,
      expected: 'text as it is generated, as without tools',
      actual: `${showClock(offering.timing)}; without tools: ${showClock(plain.timing)}`,
      evidence: offering,
    }
    return undefined
  },
  mutants: {
    'tools-buffer': onlyFor(/lighthouse/, (reply, request) =>
      setTimes((i, count) => (request.body?.includes('"tools"') ? 3_000 : (3_000 * i) / count))(
        reply,
        request,
      ),
    ),
  },
  echoes: ['latency/first-content'],
})
