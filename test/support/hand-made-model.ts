import type {
  LanguageModelV3,
  LanguageModelV3CallOptions,
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4Usage,
} from '@ai-sdk/provider'
import type { LanguageModel } from '../../src/gateway/upstream/model/language-model.ts'
import type { StreamPart } from '../../src/gateway/upstream/model/stream-part.ts'

export type CallOptions = LanguageModelV4CallOptions | LanguageModelV3CallOptions

const NO_WHOLE_ANSWERS = () => Promise.reject(new Error('only streams'))

export const UNTOLD: LanguageModelV4Usage = {
  inputTokens: {
    total: undefined,
    noCache: undefined,
    cacheRead: undefined,
    cacheWrite: undefined,
  },
  outputTokens: { total: undefined, text: undefined, reasoning: undefined },
}

/** The last part of an answer. */
export function finish(unified: string, usage = UNTOLD): StreamPart {
  return { type: 'finish', finishReason: { unified, raw: 'raw' }, usage } as StreamPart
}

/** A language model that gives what it is given, and keeps how it was asked. */
export function modelGiving(
  version: 'v4' | 'v3',
  stream: () => ReadableStream<StreamPart> | Promise<ReadableStream<StreamPart>>,
): LanguageModel & { readonly asked: CallOptions[] } {
  const asked: CallOptions[] = []
  const model = {
    specificationVersion: version,
    provider: 'hand.made',
    modelId: 'm',
    supportedUrls: {},
    doGenerate: NO_WHOLE_ANSWERS,
    async doStream(options: CallOptions) {
      asked.push(options)
      return { stream: await stream() }
    },
    asked,
  }
  return model as unknown as (LanguageModelV4 | LanguageModelV3) & { asked: CallOptions[] }
}

/** A stream of parts, which then ends, or breaks. */
export function streamOf(parts: readonly StreamPart[], broken?: Error): ReadableStream<StreamPart> {
  let next = 0
  return new ReadableStream({
    pull(controller) {
      const part = parts[next++]
      if (part !== undefined) controller.enqueue(part)
      else if (broken) controller.error(broken)
      else controller.close()
    },
  })
}
