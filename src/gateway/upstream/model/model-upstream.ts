import type { LanguageModelV4CallOptions } from '@ai-sdk/provider'
import { SoundcheckError } from '../../../endpoint/index.ts'
import type { Upstream } from '../upstream.ts'
import type { LanguageModel } from './language-model.ts'
import { hearModel } from './hear-model.ts'
import type { StreamPart } from './stream-part.ts'
import { toCallOptions } from './to-call-options.ts'
import { withToolsAnswered } from './to-prompt.ts'
import { toUpstreamError } from './to-upstream-error.ts'
import { toV3Options } from './to-v3-options.ts'

type Stream = ReadableStream<StreamPart>

/** They refuse a user who speaks right after a tool, whoever serves them. */
const MISTRAL = /mi(?:ni)?stral|mixtral|codestral|devstral|magistral/i

/**
 * A language model of the AI SDK as an upstream.
 *
 * @throws SoundcheckError for one of a specification that is not known here.
 */
export function modelUpstream(model: LanguageModel, options: { name?: string } = {}): Upstream {
  const { specificationVersion: version, provider, modelId } = model
  if (version !== 'v4' && version !== 'v3') {
    throw new SoundcheckError(
      'INVALID_INPUT',
      `a language model of specification "${String(version)}"; it takes "v4" or "v3", as packages for AI SDK 7 and 6 have them`,
    )
  }
  return {
    name: options.name ?? provider,
    model: modelId,
    async ask(request, signal, hear) {
      signal.throwIfAborted()
      const { prompt, ...others } = toCallOptions(request)
      const isMistral = MISTRAL.test(`${provider} ${modelId}`)
      const asked = doStream(model, {
        ...others,
        prompt: isMistral ? withToolsAnswered(prompt) : prompt,
        abortSignal: signal,
      })
      await hearModel(await begun(asked, signal), { modelId, signal, hear })
    },
  }
}

async function doStream(
  model: LanguageModel,
  options: LanguageModelV4CallOptions,
): Promise<{ stream: Stream }> {
  switch (model.specificationVersion) {
    case 'v4':
      return model.doStream(options)
    case 'v3':
      return model.doStream(toV3Options(options))
  }
}

/** Waits for an answer to begin, and no longer than the signal lets it, whatever the model does. */
async function begun(asked: Promise<{ stream: Stream }>, signal: AbortSignal): Promise<Stream> {
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const abort = () => {
    reject(signal.reason)
    asked.then(({ stream }) => stream.cancel(signal.reason)).catch(() => {})
  }
  signal.addEventListener('abort', abort, { once: true })
  try {
    return (await Promise.race([asked, aborted])).stream
  } catch (error) {
    signal.throwIfAborted()
    throw toUpstreamError(error, 'asking')
  } finally {
    signal.removeEventListener('abort', abort)
  }
}
