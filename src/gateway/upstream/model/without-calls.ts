import { History } from './history.ts'

/**
 * The same conversation without calls of tools: providers refuse them, or leave them out, where a request
 * offers no tools. What the tools found is told by the user, since a model says what an assistant said.
 */
export function withoutCalls({ instructions, turns }: History): History {
  const history = new History()
  history.instructions.push(...instructions)
  for (const turn of turns) {
    if (turn.role === 'user') history.hear(turn.parts)
    else {
      history.say(turn.text, [])
      for (const { name, input, result = 'no result' } of turn.calls) {
        history.hear([{ type: 'text', text: `${name}(${JSON.stringify(input)}): ${result}` }])
      }
    }
  }
  return history
}
