import { describe, expect, test } from 'vitest'
import { bytes } from '../../support/bytes.ts'
import { CALL, chunk, exchange, ROLE, said, STOP, stream } from '../../support/said.ts'

const texts = (...pieces: string[]) =>
  stream(ROLE, ...pieces.map((content) => chunk({ delta: { content } })), STOP, '[DONE]')
const call = (args: string) =>
  chunk({
    delta: { tool_calls: [{ index: 0, ...CALL, function: { name: 'transfer', arguments: args } }] },
  })
const request = (body: object) => ({
  method: 'POST',
  url: 'https://api.example.com/v1',
  headers: [],
  body: JSON.stringify({ stream: true, ...body }),
})

const offering = (body: string, ...names: string[]) =>
  exchange({
    request: request({
      tools: ['end_call', ...names].map((name) => ({ type: 'function', function: { name } })),
    }),
    arrivals: [{ atMs: 5, bytes: bytes(body) }],
  })

describe('what no mutant says', () => {
  test.each([
    [
      'voice/reasoning-leak',
      'Okay, the user is asking when we open.',
      'warning: The text starts with thoughts about the caller instead of words to the caller.',
    ],
    [
      'voice/reasoning-leak',
      'We open [/THINK] at nine.',
      'error: The text contains the tag [/THINK].',
    ],
    [
      'voice/markdown',
      '1. Tea\n2. Coffee',
      'warning: The text contains a numbered list in Markdown.',
    ],
    ['voice/markdown', '这是**重点**内容。', 'warning: The text contains bold text in Markdown.'],
    ['voice/code-or-table', 'We open<br/>at nine.', 'warning: The text contains an HTML tag.'],
    ['voice/code-or-table', 'That is $$x^2$$.', 'warning: The text contains LaTeX.'],
    [
      'voice/url',
      'Write to ava@roastery.example.com.',
      'warning: The text contains an e-mail address.',
    ],
    ['voice/emoji', 'Bonjour 🇫🇷!', 'warning: The text contains emoji.'],
    ['voice/digits', 'Call +1 555 555 0123.', 'info: The text contains a long number in digits.'],
    [
      'voice/special-tokens',
      'Bye.<｜end▁of▁sentence｜>',
      'error: The text contains the control token <｜end▁of▁sentence｜>.',
    ],
    ...[
      '<turn|>',
      '<|turn>',
      '<|"|>',
      '<unk>',
      '<pad>',
      '<0x0A>',
      '<end_of_image>',
      '[PAD151645]',
      '<<SYS>>',
      '[gMASK]',
      '<sop>',
      '[|endofturn|]',
      '<reserved_106>',
      '<ctrl46>',
      '<EOT>',
      '<im_end>',
      '</assistant>',
    ].map((token) => [
      'voice/special-tokens',
      `We open${token} at nine.`,
      `error: The text contains the control token ${token}.`,
    ]),
    ...[
      ['WeĠopen atĠnine.', 'eĠopen'],
      ['ĠWe open.', 'ĠWe'],
      ['We open.ĊĊ', 'ĊĊ'],
      ['▁We▁open▁now.', '▁We'],
      ['It âĢĺs open.', 'âĢĺ'],
      ['Hi! ðŁĺĬ', 'ðŁĺ'],
    ].map(([text, token]) => [
      'voice/special-tokens',
      text!,
      `error: The text contains the undecoded token ${token}.`,
    ]),
    ['voice/reasoning-leak', '<answer>Yes.</answer>', 'error: The text contains the tag <answer>.'],
    ...['*smiles warmly* Yes.', 'Oh, *sighs*.', 'It is *very* good.', '*Lächelt, leise* Ja.'].map(
      (text) => [
        'voice/markdown',
        text,
        'warning: The text contains a stage direction or emphasis in Markdown.',
      ],
    ),
    ...[
      ['It&#39;s here.', 'an HTML entity: &#39;'],
      ['Tea &amp; coffee', 'an HTML entity: &amp;'],
      ['Itâ€™s here.', 'text that was decoded twice: â€™'],
      ['One â\u0080\u0093 two', 'text that was decoded twice: â\u0080\u0093'],
      ['The cafÃ©.', 'text that was decoded twice: fÃ©'],
      ['LabvakarÄ“.', 'text that was decoded twice: rÄ“'],
      ['Ã¤hnlich', 'text that was decoded twice: Ã¤'],
      ['5 Â£ or 10Â°', 'text that was decoded twice: Â£'],
      ['ÐŸÑ€Ð¸Ð²ÐµÑ‚', 'text that was decoded twice: ÐŸÑ€Ð¸'],
      ['ä½\u00A0å¥½', 'text that was decoded twice: ä½\u00A0å¥½'],
      ['Hi ðŸ˜Š', 'text that was decoded twice: ðŸ˜'],
      ['[object Object]', 'a value that is not there: [object Object]'],
      ['Hello undefined, yes.', 'a value that is not there: undefined'],
      ['undefinedYes.', 'a value that is not there: undefined'],
      ['Yes.null', 'a value that is not there: null'],
      ['That is $NaN.', 'a value that is not there: $NaN'],
      ['Hello {{ first_name }}!', 'a placeholder that was not filled in: {{ first_name }}'],
      ['Hello ${user.name}!', 'a placeholder that was not filled in: ${user.name}'],
      ['{% if name %}Hi', 'a placeholder that was not filled in: {% if name %}'],
      ['Yes.\\nSo.', 'an escape sequence: \\n'],
      ['A\\n\\nB', 'an escape sequence: \\n\\n'],
      ['caf\\u00e9', 'an escape sequence: \\u00e9'],
      ['Say \\"yes\\".', 'an escape sequence: \\"yes\\"'],
      ['Yes\\r\\nSo', 'an escape sequence: \\r\\n'],
      ['Yes.\\tSo', 'an escape sequence: \\t'],
      ['5 &pound;', 'an HTML entity: &pound;'],
      ['&bull; Tea', 'an HTML entity: &bull;'],
      ['&copy; Ava', 'an HTML entity: &copy;'],
      ...[
        '안녕하세요',
        'مرحبا',
        'שלום',
        'Καλημέρα',
        'नमस्ते',
        'สวัสดี',
        'გამარჯობა',
        '5 €',
        '\uFEFF',
      ].map((text) => {
        const twice = Buffer.from(text).toString('latin1')
        return [
          twice.replaceAll(/[\u0080-\u009F]/g, (byte) =>
            new TextDecoder('windows-1252').decode(Buffer.from(byte, 'latin1')),
          ),
          'text that was decoded twice',
        ]
      }),
      ['NoneHello, how can I help?', 'a value that is not there: None'],
      ['Hello None, yes.', 'a value that is not there: None'],
      ["content='Hi' additional_kwargs={}", 'the inside of a program: additional_kwargs={'],
      ['<generator object x at 0x7f9>', 'the inside of a program: <generator object x at 0x7f9>'],
      ["b'Hello'", "the inside of a program: b'Hello'"],
      ['Hi <%= name %>!', 'a placeholder that was not filled in: <%= name %>'],
      ['Hi [Name], how are you?', 'a placeholder that was not filled in: [Name]'],
      ['Welcome to [Company].', 'a placeholder that was not filled in: [Company]'],
      ['I am [Your Name].', 'a placeholder that was not filled in: [Your Name]'],
    ].map(([text, seen]) => ['voice/leftovers', text!, `warning: The text contains ${seen}`]),
    ['voice/leftovers', 'null', 'warning: The whole reply is the word null.'],
    ['voice/leftovers', ' undefined\n', 'warning: The whole reply is the word undefined.'],
    ...['None', 'NoneNone', 'undefinedundefined', 'null null'].map((text) => [
      'voice/leftovers',
      text,
      `warning: The whole reply is the word ${text}.`,
    ]),
    ['voice/reasoning-leak', '<antThinking>Hm.', 'error: The text contains the tag <antThinking>.'],
    ['voice/reasoning-leak', 'Yes.</answer>', 'error: The text contains the tag </answer>.'],
    ...[
      ['analysisThe user greets.', 'analysis'],
      ['Greet.assistantfinalHello', 'assistantfinal'],
      [
        'assistantcommentary to=functions.end_call json{}',
        'assistantcommentary to=functions.end_call',
      ],
    ].map(([text, mark]) => [
      'voice/reasoning-leak',
      text!,
      `error: The text contains the mark of a channel ${mark}.`,
    ]),
    ...['Hello.\n\nHuman: hi', 'Hello.\nUser: hi\nAssistant: Yes?'].map((text) => [
      'voice/special-tokens',
      text,
      'warning: The reply goes on with what the caller might say next.',
    ]),
    ...['<s> Hello', 'Hello<|im_end', 'Hello<|im_end|'].map((text) => [
      'voice/special-tokens',
      text,
      `error: The text contains the control token ${/<[^ ]+/.exec(text)![0]}.`,
    ]),
    [
      'voice/tool-call-as-text',
      '<function=end_call>{}</function>',
      'error: A tool call is written out as text.',
    ],
    [
      'voice/tool-call-as-text',
      '[TOOL_CALLS][{"name": "end_call"}]',
      'error: A tool call is written out as text.',
    ],
  ])('%s: %s', (id, text, message) => {
    const starts = [expect.stringContaining(message)]
    expect(said(id, texts(...Array.from(text)))).toEqual(starts)
    expect(said(id, texts(text))).toEqual(starts)
  })

  test.each([
    ['{"to":"<|\\"|>Ava"}', 'control token <|\\"|>'],
    ['{"to":"\\u003cpad\\u003e"}', 'control token <pad>'],
    ['{"to":"AvaĠBerg"}', 'undecoded token aĠBerg'],
    ['{"to":"Ava<|eot', undefined],
    ['{"to":"Ava<eos>', 'control token <eos>'],
  ])('voice/special-tokens: in the arguments %s', (args, token) => {
    expect(said('voice/special-tokens', stream(ROLE, call(args), STOP, '[DONE]'))).toEqual(
      token ? [`warning: The arguments of transfer contain the ${token}.`] : [],
    )
  })

  test.each([
    '[end_call(reason="done")]',
    '[ask(q=1), end_call()]',
    'Goodbye! end_call(reason="done")',
    'print(default_api.end_call(reason = "done"))',
    'end_call({"reason": "done"})',
    'call:end_call{reason:<|"|>done<|"|>}',
    'end_call: {"reason": "done"}',
    '<end_call><reason>done</reason></end_call>',
    'Goodbye! <end_call reason="done"/>',
    'Action: end_call\nAction Input: {"reason": "done"}',
    '{"type": "function", "name": "end_call", "parameters": {"reason": "done"}}',
    "{'name': 'end_call', 'arguments': {}}",
    '{"arguments":{"reason":"done"},"name":"end_call"}',
    '{"tool_name":"end_call","tool_input":{}}',
    '{"tool":"end_call","input":{"reason":"done"}}',
    '{"end_call": {"reason":"done"}}',
    '<tool_code>print(end_call())</tool_code>',
    '<function name="end_call">',
    '<xai:function_call name="end_call">',
    '<tool name="end_call">',
    'functions.end_call:0{"reason":"bye"}',
    '<｜DSML｜invoke name="end_call">',
    'Action: end_call[bye]',
    'Bye. [tool_call: end_call]',
    'Bye. [end_call]',
    'Bye.\nend_call()',
    'end_call',
    '{"name": "hang_up", "arguments": {"reason": "done"}}',
  ])('voice/tool-call-as-text: %s', (text) => {
    expect(said('voice/tool-call-as-text', offering(texts(...Array.from(text))))).toEqual([
      'error: A tool call is written out as text.',
    ])
  })

  test.each(['[]', '{}\n', '"', '```', '()', '</>'])(
    'voice/tool-call-as-text: %j beside a call',
    (text) => {
      const body = texts(text).replace(STOP, `${call('{}')}\n\ndata: ${STOP}`)
      expect(said('voice/tool-call-as-text', body)).toEqual([
        'warning: Beside a tool call the text has no letter or digit, and is still spoken.',
      ])
      expect(said('voice/tool-call-as-text', texts(text))).toEqual([])
    },
  )

  test.each([
    ' ',
    '\n\n',
    '... ',
    '…',
    '—',
    '👋',
    'ลา',
    '7',
    '؟',
    '।',
    '‥',
    '…"',
    '♪',
    '🇩🇪',
    '\u200B',
    'One moment.',
  ])('voice/tool-call-as-text: no alarm for %j beside a call', (text) => {
    const body = texts(text).replace(STOP, `${call('{}')}\n\ndata: ${STOP}`)
    expect(said('voice/tool-call-as-text', body)).toEqual([])
  })

  test.each<[string, object, number]>([
    ['{"text": "We open at nine."}', {}, 1],
    [' {"a": {"b": [1]}}\n', { messages: [{ role: 'user', content: 'When?' }] }, 1],
    ['{"a": 1}', { messages: [{ role: 'system', content: 'Reply in JSON.' }] }, 0],
    ['{"a": 1}', { response_format: { type: 'json_object' } }, 0],
    ['{"a": 1}', { guided_json: {} }, 0],
    ['```json\n{"a": 1}\n```', {}, 1],
    ['{"a": 1}', { messages: [{ role: 'system', content: 'Output: {"reply": "<text>"}' }] }, 0],
    ['{"a": 1}', { messages: [{ role: 'system', content: 'An object with the key "a".' }] }, 0],
    ['{}', {}, 0],
    ['[1]', {}, 0],
    ['{name}', {}, 0],
    ['It is {"a": 1}', {}, 0],
  ])('voice/code-or-table: %s, asked by %o', (text, body, count) => {
    const asked = exchange({
      request: request(body),
      arrivals: [{ atMs: 5, bytes: bytes(texts(...Array.from(text))) }],
    })
    expect(said('voice/code-or-table', asked)).toEqual(
      Array(count).fill('warning: The whole reply is a JSON object, which was not asked for.'),
    )
  })

  test('voice/code-or-table: a list of objects', () => {
    const asked = exchange({ arrivals: [{ atMs: 5, bytes: bytes(texts('[{"text":"Hello"}]')) }] })
    expect(said('voice/code-or-table', asked)).toEqual([
      'warning: The whole reply is a JSON array, which was not asked for.',
    ])
  })

  test('voice/code-or-table: JSON, where nobody knows what was asked', () => {
    expect(said('voice/code-or-table', texts('{"a": 1}'))).toEqual([])
  })

  test('voice/reasoning-only: without an excuse', () => {
    const thought = chunk({ delta: { reasoning: 'Hm.' } })
    expect(said('voice/reasoning-only', stream(thought, STOP, '[DONE]'))).toEqual([
      'error: The reply is reasoning alone: it has no text and calls no tool.',
    ])
  })

  test.each([
    [{}, 'error'],
    [{ max_tokens: -1 }, 'error'],
    [{ max_tokens: 5_000 }, 'error'],
    [{ max_tokens: 16 }, 'warning'],
    [{ max_tokens: 5_000, max_completion_tokens: 16 }, 'warning'],
  ])('voice/reasoning-only: cut, where the budget was %o', (body, severity) => {
    const thought = chunk({ delta: { reasoning_content: 'Hm.' }, finish_reason: 'length' })
    const cut = exchange({
      request: request(body),
      arrivals: [{ atMs: 5, bytes: bytes(stream(thought, '[DONE]')) }],
    })
    expect(said('voice/reasoning-only', cut)).toEqual([
      `${severity}: The reply spent its whole token budget on reasoning: it has no text and calls no tool.`,
    ])
  })

  test('where in the stream it stands, however the text is cut', () => {
    expect(said('voice/url', texts('See ', 'htt', 'ps://example.com', '.'))).toHaveLength(1)
  })
})

describe('no alarm', () => {
  test.each([
    ['voice/reasoning-leak', 'Let me think. The user guide is in the box, and a < b.'],
    ['voice/tool-call-as-text', 'Say {"name": "Ava"} or {name, arguments}; the tool call is done.'],
    ['voice/special-tokens', 'Press <1>, or a | b; 3 <|> 4.'],
    ['voice/special-tokens', 'The bracket <x|y>, then |x>, <x|> and <|x>; f <| x |> g, a<b|c>d.'],
    [
      'voice/special-tokens',
      'Ġorġ u Ċensa: fiż-ŻEJTUN, ORĠINALI, AĊĊETTA, S.Ġorġ, l-Ġnien, (Ġimgħa).',
    ],
    ['voice/special-tokens', 'Ģimene brauc uz Ēģipti, ŅEM ĶĒPI; Łódź, Þórður, âme, ÂGÉ.'],
    ['voice/special-tokens', '▁▂▃▄▅▆▇█ up, ▂▁low▁▂, ▁▁▁ and ▁▁name.'],
    [
      'voice/markdown',
      '3 * 4 * 5 is 60, 2 ** 3 ** 2 is 512, 2**3**2 too, snake_case and __init__.',
    ],
    ['voice/markdown', 'We are the #1 shop. # of bags: two.'],
    ['voice/markdown', '#1 in town.\nNo. 5 is best.\n- That is all.'],
    ['voice/markdown', 'Press *70 or *71, [softly] (then wait).'],
    ['voice/markdown', 'It was\n1999. Then came\n2004. We moved.'],
    ['voice/markdown', 'We have:\n1. Only this.\nNothing else.'],
    ['voice/markdown', 'f*ck, 3 *x* 4, a*b*c, ** and *, 2 * width * height, *Terms apply.'],
    [
      'voice/leftovers',
      'AT&T; Q&A; a && b; R&D. x &y; null Grad. It is null and undefined, or None.',
    ],
    ['voice/leftovers', 'None.'],
    ['voice/leftovers', 'Hello, None of your orders is late. Hey, None of our agents is free.'],
    [
      'voice/leftovers',
      'NoneType is what Python calls it; press [Name] or [OK], [laughs] [softly].',
    ],
    ['voice/leftovers', 'Use {{name}} there, and write "${user}" here.'],
    ['voice/leftovers', 'The template has {{ name }} in it.'],
    ['voice/leftovers', 'Run this:\n```\necho "&lt;{{ message }}\\n\\n"\n```'],
    ['voice/leftovers', 'Île à »vis« – ê, í, ×²×, Ö, Ø: «Ïle», À 5 × 3; ÖŽ, â, “Î”, Ó.'],
    ['voice/reasoning-leak', 'Put it between <answer> and </answer>.'],
    ['voice/reasoning-leak', 'Put it between <think> and </think>.'],
    ['voice/reasoning-leak', 'They asked me to call you back.'],
    ['voice/reasoning-leak', 'Well, they said it ships on Friday.'],
    [
      'voice/reasoning-leak',
      'analysis is what our assistant finally does; the assistant analysis is due.',
    ],
    ['voice/special-tokens', 'The <unk> token. Use [INST] to begin.'],
    ['voice/special-tokens', 'Bonġu,Ġanni! L-ĊĊ.'],
    ['voice/special-tokens', 'I am no\nHuman: I am an AI. Your data:\nUser: Ava\nCity: Ulm'],
    [
      'voice/leftovers',
      'NÃO, IRMÃ… “MAÇÃ” «IRMÃ» Ärger, Åsa, Älg, Â é a letra. À l’âge, “Ä“, Å – ja.',
    ],
    [
      'voice/leftovers',
      'Šodien Āgenskalnā būs ļoti, ļoti auksts: -5°C, žēl. ČEŠI, PŘÍŠTĚ, déšť, Ðað er.',
    ],
    ['voice/leftovers', 'Español: ¿Qué? ¡Ñandú! «Où» – çà et là… “été” Ñ; ÂNGELO; Ÿ.'],
    [
      'voice/leftovers',
      'Go to C:\\new\\notes, \\nu and \\neq; {name}, {{}}, 5% off, $5, [objects], $ {x}.',
    ],
    ['voice/code-or-table', 'a < b and c > d, $5 or $6, <break time="1s"/> |a|, C:\\times.'],
    ['voice/url', 'See example.com, and/or ask @ava at 5.'],
    ['voice/emoji', '© 2026 Ava™, 1 # *, →, ✓.'],
    ['voice/digits', 'No. 5, #1, room 1042, in 1999, at 10:30, 3.14 and 24 hours.'],
    ['voice/spaces-lost', 'The U.S.A. has Node.js, v1.2.3, e.g.This. ASP.NET is Ok.'],
    ['voice/spaces-lost', 'ผมชอบกาแฟที่นี่มากเพราะรสชาติดีมากและกลิ่นหอมมากทุกวัน'.repeat(3)],
    ['voice/spaces-lost', '我喜欢这里的咖啡因为味道很好而且香味很浓每天都来这里喝一杯'.repeat(3)],
    ['voice/spaces-lost', 'Donaudampfschifffahrtsgesellschaftskapitän ist lang.'],
    ['voice/leading-whitespace', ' Of course.'],
  ])('%s: %s', (id, text) => {
    expect(said(id, texts(text))).toEqual([])
    expect(said(id, texts(...Array.from(text)))).toEqual([])
  })

  test.each([
    'I can end the call; in code that is end_call() or transfer(to="Ava").',
    'The end_call function needs a reason: {reason: "done"}, or x = end_call.',
    'An end_call (with a reason == "done") is an Action: end_call, then go on.',
    'f(x=1), [g()], <b>, <break time="1s"/> and {"end_call": true}.',
    'Our menu: { lunch: 12 }. Write <email> in the field. <break time="1s"/> <b>Price</b>',
    '{"action":"go","args":1}',
    '{"name":"Bob","parameters":5}',
    'menu',
  ])('voice/tool-call-as-text where a tool is offered: %s', (text) => {
    const body = offering(texts(text), 'menu', 'email', 'break', 'b')
    expect(said('voice/tool-call-as-text', body)).toEqual([])
  })

  test.each([
    [['Let me see... ', 'Of course.']],
    [['Let me see...', ' Of course.']],
    [['Let me see… ', 'Of course.']],
    [['Let', ' me', ' see', '...', 'Of', ' course.']],
    [['Let me see...']],
    [['Well...maybe.']],
  ])('voice/buffer-words: %o', (pieces) => {
    expect(said('voice/buffer-words', texts(...pieces))).toEqual([])
  })

  test('for what the request holds', () => {
    const reply = { arrivals: [{ atMs: 5, bytes: bytes(texts('It is ', '**', '🍮', '**.')) }] }
    const asked = (messages: unknown) => exchange({ ...reply, request: request({ messages }) })
    const user = {
      role: 'user',
      content: [{ type: 'text', text: 'Say **🍮**' }, { type: 'image_url' }],
    }
    for (const id of ['voice/emoji', 'voice/markdown']) {
      expect(said(id, asked([user]))).toEqual([])
      expect(said(id, asked([{ ...user, role: 'assistant' }]))).toHaveLength(1)
      expect(said(id, asked([7, { role: 'user', content: null }]))).toHaveLength(1)
    }
  })
})
