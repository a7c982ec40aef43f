/** Where a requirement comes from. */
interface Source {
  readonly source: string
  readonly url: string
}

export const ELEVENLABS: Source = {
  source: 'ElevenLabs, Custom LLM',
  url: 'https://elevenlabs.io/docs/agents-platform/customization/llm/custom-llm',
}

export const OPENAI_CHUNK: Source = {
  source: 'OpenAI API reference, chat completion chunk',
  url: 'https://platform.openai.com/docs/api-reference/chat-streaming',
}

export const OPENAI_REQUEST: Source = {
  source: 'OpenAI API reference, create chat completion',
  url: 'https://platform.openai.com/docs/api-reference/chat/create',
}

export const WHATWG_SSE: Source = {
  source: 'WHATWG HTML, server-sent events',
  url: 'https://html.spec.whatwg.org/multipage/server-sent-events.html',
}

export function rfc(number: number, section: string): Source {
  return {
    source: `RFC ${number}, section ${section}`,
    url: `https://www.rfc-editor.org/rfc/rfc${number}#section-${section}`,
  }
}

/** A report of the failure in the field, or the code of a client. */
export function github(repository: string, issue: number): Source {
  return {
    source: `${repository}#${issue}`,
    url: `https://github.com/${repository}/issues/${issue}`,
  }
}

export const OPENAI_NODE: Source = {
  source: 'openai-node, ChatCompletionStream',
  url: 'https://github.com/openai/openai-node/blob/main/src/lib/ChatCompletionStream.ts',
}
