/** Reasons as other servers, and the models behind them, have them. */
const OTHERS: Readonly<Record<string, string>> = {
  end_turn: 'stop',
  eos: 'stop',
  eos_token: 'stop',
  stop_sequence: 'stop',
  complete: 'stop',
  max_tokens: 'length',
  max_output_tokens: 'length',
  model_length: 'length',
  token_limit: 'length',
  tool_use: 'tool_calls',
  tool_call: 'tool_calls',
  'tool-calls': 'tool_calls',
  safety: 'content_filter',
  'content-filter': 'content_filter',
}
const KNOWN = new Set(['stop', 'length', 'tool_calls', 'content_filter', 'function_call'])

/** The one reason for which a choice ended, in the words of chat completions; `stop` where none is told. */
export function finishReasonOf(told: string | undefined, hasCalls: boolean): string {
  const word = told?.toLowerCase() ?? 'stop'
  const reason = OTHERS[word] ?? (KNOWN.has(word) ? word : 'stop')
  if (reason === 'length' || reason === 'content_filter') return reason
  if (hasCalls) return reason === 'function_call' ? reason : 'tool_calls'
  return 'stop'
}
