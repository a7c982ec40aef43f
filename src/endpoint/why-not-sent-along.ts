/** What probes and benchmarks say in their requests. */
const OF_REQUESTS = [
  'messages',
  'model',
  'stream',
  'stream_options',
  'tools',
  'tool_choice',
  'n',
  'stop',
  'max_tokens',
  'max_completion_tokens',
]
/** What platforms call the member that holds what is sent along. */
const WRAPPERS = ['elevenlabs_extra_body', 'custom_llm_extra_body', 'extra_body']

/**
 * Says why a value cannot be sent along with every request, `within` a member of it or `beside` its
 * members. What it holds is not quoted, since that may be a secret.
 */
export function whyNotSentAlong(value: unknown, place: 'within' | 'beside'): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return 'it must be a JSON object, such as {"case": "A1"}'
  }
  const names = Object.keys(value)
  const wrapper = names.find((name) => WRAPPERS.includes(name))
  if (wrapper !== undefined) return `leave out "${wrapper}", and give what it holds`
  // Whoever sends messages along means to replace the conversation, and would not.
  const reserved = place === 'beside' ? OF_REQUESTS : ['messages']
  const taken = names.find((name) => reserved.includes(name))
  return taken === undefined ? undefined : `leave out "${taken}", which each request has of its own`
}
