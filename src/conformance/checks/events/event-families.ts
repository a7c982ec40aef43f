/** What begins an item, or ends it. */
export const OF_ITEM = /^response\.output_item\.(?:added|done)$/

/** What belongs to an item that has begun: its parts, texts and arguments. */
export const WITHIN_ITEM =
  /^response\.(?:content_part|output_text|refusal|reasoning_text|reasoning_summary_part|reasoning_summary_text|function_call_arguments|custom_tool_call_input)\.(?:added|delta|done)$/

/** What adds to an item. */
export const DELTA =
  /^response\.(?:output_text|refusal|reasoning_text|reasoning_summary_text|function_call_arguments|custom_tool_call_input)\.delta$/
