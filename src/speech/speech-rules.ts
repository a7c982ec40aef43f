/**
 * When a platform hands text over to its voice.
 *
 * - `sentence`: after `.`, `!`, `?` and their like in any script, and at a line break.
 * - `clause`: after commas, colons, semicolons and closing brackets as well.
 * - `characters`: whenever so many characters have gathered, wherever that is.
 */
export type SpeechRule =
  | {
      readonly unit: 'sentence' | 'clause'
      /** Shorter ones are joined to what follows. */
      readonly minCharacters: number
      /** What must follow the mark: in `3.` it may still become `3.5`. */
      readonly confirmedBy: 'space' | 'next-word'
    }
  | { readonly unit: 'characters'; readonly count: number }

/** The rules of voice platforms, as far as they are known. */
export const speechRules = {
  /**
   * ElevenLabs does not publish its rule; that buffer words must end in white space says what
   * confirms a sentence.
   *
   * @see https://elevenlabs.io/docs/agents-platform/customization/llm/custom-llm
   */
  'elevenlabs-sentence': { unit: 'sentence', minCharacters: 1, confirmedBy: 'space' },
  /** `chunkPlan`: 30 characters, then the next punctuation mark. */
  vapi: { unit: 'clause', minCharacters: 30, confirmedBy: 'space' },
  /** The default sentence tokenizer: 20 characters, and the sentence after it has begun. */
  livekit: { unit: 'sentence', minCharacters: 20, confirmedBy: 'next-word' },
  /** A sentence mark, and one character that is not white space after it. */
  pipecat: { unit: 'sentence', minCharacters: 1, confirmedBy: 'next-word' },
} as const satisfies Record<string, SpeechRule>

/** Reads the name of a rule: `elevenlabs-sentence`, `vapi`, `livekit`, `pipecat`, or `chars:120`. */
export function parseSpeechRule(name: string): SpeechRule | undefined {
  const [, digits] = /^chars:([1-9]\d{0,4})$/.exec(name) ?? []
  if (digits !== undefined) return { unit: 'characters', count: Number(digits) }
  return Object.hasOwn(speechRules, name)
    ? speechRules[name as keyof typeof speechRules]
    : undefined
}
