// What models write that is not meant to be heard.

/** Marks that are tried where a text has their first character: one that repeats it costs little. */
function byFirst<End extends RegExp | null>(
  marks: readonly (readonly [begin: RegExp, end: End])[],
): ReadonlyMap<string, readonly (readonly [begin: RegExp, end: End])[]> {
  return Map.groupBy(marks, ([begin]) => begin.source.replace(/^\\/, '')[0]!)
}

/** Between which models reason. */
const TAGS = [
  'think',
  'thinking',
  'antThinking',
  'thought',
  'thoughts',
  'reasoning',
  'reflection',
  'scratchpad',
  'analysis',
]

/** Where reasoning begins, and what ends it. */
export const REASONING = byFirst([
  ...TAGS.map((tag): [RegExp, RegExp] => [
    new RegExp(`<${tag}>`, 'iy'),
    new RegExp(`</${tag}>`, 'i'),
  ]),
  [/\[THINK\]/y, /\[\/THINK\]/],
  [/◁think▷/y, /◁\/think▷/],
  // Of harmony's channels only the last is meant for others.
  [/<\|channel\|>(?:analysis|commentary)[^<]{0,80}<\|message\|>/y, /<\|(?:end|return|call)\|>/],
])

/** Where a call is written out, and what ends it; `null`: the end of the text. */
export const CALLS = byFirst<RegExp | null>([
  [/<tool_calls?>/y, /<\/tool_calls?>/],
  [/<function_calls?>/y, /<\/function_calls?>/],
  [/<xai:function_call[ >]/y, /<\/xai:function_call>/],
  [/<tool_code>/y, /<\/tool_code>/],
  [/<invoke /y, /<\/invoke>/],
  [/<function=/y, /<\/function>/],
  [/<\|tool_call\|?>/y, /<\|?\/?tool_call\|>|<\|tool_call_end\|>/],
  [/<｜tool▁calls▁begin｜>/y, /<｜tool▁calls▁end｜>/],
  [/\[TOOL_CALLS\]/y, null],
])

/** Begins a call that is JSON; ends with its last brace. */
export const JSON_CALL =
  /\{\s{0,20}["'](?:name|function|tool|tool_name|type|arguments|parameters)["']\s{0,20}:\s{0,20}["'{]/y

/** The same between fences. */
export const FENCED_CALL =
  /```(?:json|tool_code|tool_call)\s{0,4}(?=\{\s{0,20}"(?:name|function|tool)")/y

/** Control tokens of chat templates, with the role that some are followed by, and tags that stand alone. */
export const TOKEN = new RegExp(
  [
    String.raw`<\|(?:im_start|start|start_header_id)\|>(?:system|user|assistant|tool)?(?:<\|end_header_id\|>)?\n{0,2}`,
    String.raw`<\|channel\|>final[^<]{0,40}<\|message\|>`,
    String.raw`<\|[a-z_][a-z0-9_]{0,40}\|>`,
    String.raw`<\|[a-z_][a-z0-9_]{1,40}>`,
    String.raw`<[a-z_][a-z0-9_]{1,40}\|>`,
    String.raw`<\/?s>`,
    String.raw`<(?:start|end)_of_[a-z]{2,20}>(?:user|model)?\n?`,
    String.raw`<(?:bos|eos|eot|sop|eop|pad|unk|im_start|im_end|unused\d{1,4}|reserved_(?:special_token_)?\d{1,4}|extra_id_\d{1,4})>`,
    String.raw`\[PAD\d{0,6}\]|\[\/?INST\]|<<\/?SYS>>|\[gMASK\]|\[\|[a-z_]{2,40}\|\]`,
    String.raw`<｜[^｜<>\n]{1,40}｜>`,
    String.raw`<\/?(?:final_)?answer>|<\/assistant>`,
  ].join('|'),
  'iy',
)

/** One that the end of a text has cut. */
export const CUT_TOKEN = /<[|｜][a-z_]{0,40}$/iy

/** The end of reasoning whose beginning was not sent: some chat templates open it in the prompt. */
export const STRAY_END = new RegExp(String.raw`</(?:${TAGS.join('|')})>|\[/THINK\]|◁/think▷`, 'iy')

/** What may still become one of these. */
export const UNDECIDED =
  /^(?:<[|/｜a-z_:=.▁]{0,48}(?:\|?>(?:[a-z]{0,12}))?|<\|channel\|>[^<]{0,80}(?:<[|a-z]{0,10})?|<\|(?:im_start|start)\|>[a-z]{0,9}|\[[/A-Za-z_|]{0,14}|◁\/?[a-z]{0,6}|`{1,3}(?:[a-z_]{0,9}\s{0,4}(?:\{\s{0,20}(?:"\w{0,9})?)?)?)$/i
/** What may still become a call that is JSON. */
export const UNDECIDED_JSON = /^\{\s{0,20}(?:["'][a-z_]{0,12}(?:["']\s{0,20}(?::\s{0,20})?)?)?$/
/** How any of them begins. */
export const MARK = /[<[◁{`]/
