/**
 * How much is taken of an endpoint, whatever it sends. The answers of a voice agent have about a
 * hundredth of it; one of a model that uses every token it may, less than a third.
 */
export const BOUNDS = {
  /** Of one answer; what comes after is neither kept nor judged. */
  answer: {
    /** Of the body as it travelled, and again without its content coding. */
    bytes: 4 * 1024 * 1024,
    /** Pieces in which the body came. */
    reads: 100_000,
    lines: 60_000,
    /** Values in its JSON, by the marks that bring one: each comma and each bracket that opens. */
    values: 100_000,
    /** Of its reply; OpenAI allows 128. */
    choices: 1_000,
    /** Of one choice; OpenAI allows 128 tools. */
    calls: 1_000,
  },
  /** Of all answers of a run; then nothing more is sent. */
  run: {
    bytes: 12 * 1024 * 1024,
    reads: 300_000,
    lines: 600_000,
    values: 2_000_000,
    /** Answers that did not end in time. */
    late: 3,
  },
  /** What one check finds in one answer; more are counted with the last, up to a thousand. */
  findings: 20,
  /** What `tap` keeps of all that passes, for as long as it may take. */
  tap: {
    /** Exchanges that its report lists; others are counted. */
    told: 200,
    /** Of these, in how many the same is found. */
    alike: 20,
    /** Conversations that it tells apart; that which was heard of longest ago is forgotten. */
    conversations: 200,
    /** Bytes of the exchanges that are written at the end. */
    archive: 64 * 1024 * 1024,
  },
} as const
