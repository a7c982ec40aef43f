import type { ChatRequest } from '../../src/protocol/index.ts'
import type { UpstreamError } from '../../src/gateway/upstream/upstream-error.ts'
import type { Saying, Upstream } from '../../src/gateway/upstream/upstream.ts'

type Chunk = {
  readonly id: string
  readonly created: number
  readonly model: string
  readonly choices: readonly {
    readonly delta: {
      readonly role?: string
      readonly content?: string
      readonly reasoning_content?: string
      readonly tool_calls?: readonly {
        readonly index: number
        readonly id?: string
        readonly type?: string
        readonly function: { readonly name?: string; readonly arguments?: string }
      }[]
    }
    readonly finish_reason: string | null
  }[]
  readonly usage?: object
}

export interface SaidBy {
  readonly sayings: readonly Saying[]
  readonly chunks: readonly Chunk[]
  readonly text: string
  readonly reasoning: string
  readonly calls: readonly { readonly id: string; readonly name: string; readonly input: string }[]
  readonly finishReasons: readonly string[]
  readonly usage: object | undefined
  /** Why it ended before it was done. */
  readonly error: unknown
}

/** A request with such words of the user, and what else is given. */
export function saying(words: string, others: object = {}): ChatRequest {
  return { model: 'voice', messages: [{ role: 'user', content: words }], ...others }
}

/** Asks an upstream, and puts together what it says. */
export async function saidBy(
  upstream: Upstream,
  request: ChatRequest,
  signal = new AbortController().signal,
): Promise<SaidBy> {
  const sayings: Saying[] = []
  let error: unknown
  try {
    await upstream.ask(request, signal, (said) => void sayings.push(...said))
  } catch (thrown) {
    error = thrown
  }
  const chunks = sayings.flatMap((each) =>
    each.kind === 'chunk' ? [each.chunk as unknown as Chunk] : [],
  )
  const choices = chunks.flatMap((chunk) => chunk.choices)
  const calls: { id: string; name: string; input: string }[] = []
  for (const call of choices.flatMap(({ delta }) => delta.tool_calls ?? [])) {
    const known = (calls[call.index] ??= { id: '', name: '', input: '' })
    known.id += call.id ?? ''
    known.name += call.function.name ?? ''
    known.input += call.function.arguments ?? ''
  }
  return {
    sayings,
    chunks,
    text: choices.map(({ delta }) => delta.content ?? '').join(''),
    reasoning: choices.map(({ delta }) => delta.reasoning_content ?? '').join(''),
    calls,
    finishReasons: choices.flatMap(({ finish_reason: reason }) => reason ?? []),
    usage: chunks.find((chunk) => chunk.usage)?.usage,
    error,
  }
}

/** What of an error a gateway acts upon. */
export function faultOf(error: unknown): Pick<UpstreamError, 'fault' | 'status' | 'retryAfterMs'> {
  const { fault, status, retryAfterMs } = error as UpstreamError
  return { fault, status, retryAfterMs }
}
