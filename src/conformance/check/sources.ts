import type { Requirement } from './define-check.ts'

/** An authority that requires something. */
type Source = Pick<Requirement, 'source' | 'url'>

export const ELEVENLABS: Source = {
  source: 'ElevenLabs, Custom LLM',
  url: 'https://elevenlabs.io/docs/agents-platform/customization/llm/custom-llm',
}

export const CASCADE: Source = {
  source: 'ElevenLabs, LLM cascading',
  url: 'https://elevenlabs.io/docs/agents-platform/customization/llm/llm-cascading',
}

export const NORMALIZATION: Source = {
  source: 'ElevenLabs, text normalization',
  url: 'https://elevenlabs.io/docs/best-practices/prompting/normalization',
}

export const OPENAI_CHUNK: Source = {
  source: 'OpenAI API reference, chat completion chunk',
  url: 'https://platform.openai.com/docs/api-reference/chat-streaming',
}

export const OPENAI_REQUEST: Source = {
  source: 'OpenAI API reference, create chat completion',
  url: 'https://platform.openai.com/docs/api-reference/chat/create',
}

export const OPENAI_TOOLS: Source = {
  source: 'OpenAI, function calling',
  url: 'https://platform.openai.com/docs/guides/function-calling',
}

export const OPENAI_ERRORS: Source = {
  source: 'OpenAI, error codes',
  url: 'https://platform.openai.com/docs/guides/error-codes',
}

export const OPENAI_MODELS: Source = {
  source: 'OpenAI API reference, list models',
  url: 'https://platform.openai.com/docs/api-reference/models/list',
}

export const RESPONSES_EVENTS: Source = {
  source: 'OpenAI API reference, events of the Responses API',
  url: 'https://platform.openai.com/docs/api-reference/responses-streaming',
}

export const RESPONSES_OBJECT: Source = {
  source: 'OpenAI API reference, the response object',
  url: 'https://platform.openai.com/docs/api-reference/responses/object',
}

export const RESPONSES_REQUEST: Source = {
  source: 'OpenAI API reference, create a response',
  url: 'https://platform.openai.com/docs/api-reference/responses/create',
}

export const RESPONSES_STATE: Source = {
  source: 'OpenAI, conversation state',
  url: 'https://platform.openai.com/docs/guides/conversation-state',
}

export const OPEN_RESPONSES: Source = {
  source: 'Open Responses, specification',
  url: 'https://www.openresponses.org/specification',
}

/** The code of a client: what it throws on, or drops. */
export const OPENAI_NODE_RESPONSES: Source = {
  source: 'openai-node, ResponseStream',
  url: 'https://github.com/openai/openai-node/blob/main/src/lib/responses/ResponseStream.ts',
}

export const AI_SDK: Source = {
  source: 'AI SDK, OpenAI responses model',
  url: 'https://github.com/vercel/ai/blob/main/packages/openai/src/responses/openai-responses-language-model.ts',
}

export const LIVEKIT_RESPONSES: Source = {
  source: 'LiveKit Agents, OpenAI responses',
  url: 'https://github.com/livekit/agents/blob/main/livekit-plugins/livekit-plugins-openai/livekit/plugins/openai/responses/llm.py',
}

export const PIPECAT_RESPONSES: Source = {
  source: 'Pipecat, OpenAIResponsesLLMService',
  url: 'https://github.com/pipecat-ai/pipecat/blob/main/src/pipecat/services/openai/responses/llm.py',
}

export const OPENAI_NODE: Source = {
  source: 'openai-node, ChatCompletionStream',
  url: 'https://github.com/openai/openai-node/blob/main/src/lib/ChatCompletionStream.ts',
}

export const OPENAI_NODE_STREAMING: Source = {
  source: 'openai-node, streaming',
  url: 'https://github.com/openai/openai-node/blob/main/src/core/streaming.ts',
}

export const WHATWG_SSE: Source = {
  source: 'WHATWG HTML, server-sent events',
  url: 'https://html.spec.whatwg.org/multipage/server-sent-events.html',
}

export const WHATWG_FETCH: Source = {
  source: 'WHATWG Fetch, CORS preflight',
  url: 'https://fetch.spec.whatwg.org/#cors-preflight-fetch',
}

export const OWASP_ERRORS: Source = {
  source: 'OWASP, Error Handling Cheat Sheet',
  url: 'https://cheatsheetseries.owasp.org/cheatsheets/Error_Handling_Cheat_Sheet.html',
}

export function rfc(number: number, section: string): Source {
  return {
    source: `RFC ${number}, section ${section}`,
    url: `https://www.rfc-editor.org/rfc/rfc${number}#section-${section}`,
  }
}

/** A report of the failure in the field: an issue or pull request on GitHub. */
export function issue(repository: string, number: number): string {
  return `https://github.com/${repository}/issues/${number}`
}
