import { defineCheck } from '../../check/define-check.ts'
import { skip } from '../../check/gap.ts'
import { issue, OPENAI_TOOLS } from '../../check/sources.ts'
import { isFinished } from '../../observe/is-finished.ts'
import { rewriteRequest } from '../../faults/index.ts'

export default defineCheck({
  id: 'behaviour/tools-never-called',
  title: 'Tools are called at all',
  severity: 'warning',
  since: '2026-11',
  requirement: {
    text: 'The model calls a function when its description fits, and must when tool_choice is "required"',
    ...OPENAI_TOOLS,
    seenIn: issue('ollama/ollama', 8421),
  },
  effect:
    'Nothing that takes a tool can work: the agent cannot end the call, transfer it, or look anything up.',
  fix: 'Hand `tools` and `tool_choice` on to your model, and its calls back as `tool_calls`. If the agent shall have no tools, this is as it should be.',
  wordsIn: {
    responses: {
      fix: 'Hand `tools` and `tool_choice` on to your model, and its calls back as items of type function_call. If the agent shall have no tools, this is as it should be.',
    },
  },
  probes: ['farewell', 'two-tools', 'required-tool'],
  needs: ['request', 'chunks'],
  *compare(evidence) {
    if (evidence.some(({ calls }) => calls.length > 0)) return undefined
    const asked = evidence.filter((each) => each.offered.size > 0 && isFinished(each))
    const required = asked.filter(({ request }) => request['tool_choice'] === 'required')
    const farewells = asked.filter(({ probe }) => probe === 'farewell')
    const [first, ...others] = [...farewells, ...asked.filter((each) => !farewells.includes(each))]
    if (!first || farewells.length === 0 || required.length === 0) {
      return skip('too few replies were to call a tool')
    }
    yield {
      message:
        'No reply calls a tool, neither when the caller says goodbye nor where tool_choice is "required": end_call, transfers and all other tools can never work.',
      expected: 'a tool call',
      actual: first.text,
      evidence: first,
      alike: others,
    }
    return undefined
  },
  mutants: {
    'never-calls-tools': rewriteRequest(({ tools: _, tool_choice: __, ...request }) => request),
  },
  echoes: ['behaviour/tool-triggered', 'behaviour/tool-choice-required'],
})
