import { setTimeout as sleep } from 'node:timers/promises'
import type { ChatRequest, JsonObject } from '../../src/protocol/index.ts'
import type { Hear, Upstream } from '../../src/gateway/upstream/upstream.ts'

/** A word, a chunk, a pause in milliseconds, or what is thrown. */
type Step = string | JsonObject | number | Error

/** An upstream that plays one script after the other, the last one again and again; it tells what it was asked. */
export interface ScriptedUpstream extends Upstream {
  readonly asked: ChatRequest[]
  /** How many requests were given up. */
  readonly aborted: () => number
}

const envelope = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: 'm' }

/** What is said ends well, unless a script ends it otherwise. */
export function scriptedUpstream(...scripts: readonly (readonly Step[])[]): ScriptedUpstream {
  const asked: ChatRequest[] = []
  let aborted = 0
  return {
    name: 'scripted',
    model: 'm',
    asked,
    aborted: () => aborted,
    async ask(request, signal, hear) {
      const script = scripts[Math.min(asked.length, scripts.length - 1)]!
      asked.push(request)
      signal.addEventListener('abort', () => (aborted += 1), { once: true })
      await play(script, signal, hear)
    },
  }
}

async function play(script: readonly Step[], signal: AbortSignal, hear: Hear): Promise<void> {
  for (const step of script) {
    if (typeof step === 'number') await sleep(step, undefined, { signal })
    else if (step instanceof Error) throw step
    else hear([{ kind: 'chunk', chunk: typeof step === 'string' ? chunkOf(step) : step }])
  }
  const end = { ...envelope, choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }
  hear([{ kind: 'chunk', chunk: end }, { kind: 'done' }])
}

function chunkOf(content: string): JsonObject {
  return { ...envelope, choices: [{ index: 0, delta: { content }, finish_reason: null }] }
}
