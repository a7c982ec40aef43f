import type { FaultSpec } from '../../faults/fault-spec.ts'
import type {
  ChatRequest,
  FinishReason,
  Json,
  JsonObject,
  Phase,
  Usage,
} from '../../../protocol/index.ts'
import type { Header } from '../../../wire/index.ts'
import type { Pacing } from '../../pacing/pacing.ts'

/** A regular expression, as it can be written in JSON. It runs in linear time, and never backtracks. */
export interface RegexJson {
  readonly regex: string
  /** `i`, `s`, `u`, ... as in JavaScript. */
  readonly flags?: string
}

/** Matches a text that contains the string, letter case included, or that the expression matches. */
export type TextPattern = string | RegExp | RegexJson

/** Matches a name that is the string, or that the expression matches. */
export type NamePattern = string | RegExp | RegexJson

/** Matches a result of a tool; every condition that is given must hold. */
export interface ToolResultPattern {
  /** Name of the tool that was called. */
  readonly name?: NamePattern
  /** Id of the call. */
  readonly id?: NamePattern
  readonly content?: TextPattern
}

/** Matches when any result of the turn does, such as one of several that came in together. */
export interface AnyToolResult {
  readonly any: ToolResultPattern
}

/** What a scenario's own code is told of the request. */
export interface RequestInfo {
  readonly headers: readonly Header[]
}

/** When a scenario answers: every condition that is given must hold. */
export interface When {
  /** The text of the last user message, even an empty one: `/^$/`. */
  readonly user?: TextPattern
  /** The text of all system and developer messages, a line break between them. */
  readonly system?: TextPattern
  /** The text of any message. */
  readonly message?: TextPattern
  /** A tool that the request offers. */
  readonly tool?: NamePattern
  /**
   * The last result that came in since the user last spoke, or, within `any`, any of them; `true`
   * when there is one, `false` when there is none.
   */
  readonly toolResult?: ToolResultPattern | AnyToolResult | boolean
  /** How many messages of the assistant the history holds: 0 for the first answer. */
  readonly turn?: number
  readonly model?: NamePattern
  /** Headers of the request, by name. */
  readonly header?: Readonly<Record<string, NamePattern>>
  /** Members that the request's `elevenlabs_extra_body` has, with these values. */
  readonly elevenlabs_extra_body?: JsonObject
  /** Which time in this conversation the other conditions hold, counted in the history from 1. */
  readonly nth?: number
  /**
   * Which time this very request is sent, counted from 1 within its scope: what tells a retry from
   * the first attempt. The only condition that remembers anything, until its scope is reset.
   */
  readonly attempt?: number
  /** In TypeScript only. */
  readonly predicate?: (request: ChatRequest, info: RequestInfo) => boolean
}

export interface MessageSpec {
  readonly text: string
  readonly phase?: Phase
}

export interface CallSpec {
  readonly name: string
  /** A value becomes JSON; a string is sent as it is, so that it may be no JSON at all. */
  readonly arguments?: Json
  readonly id?: string
}

/** An error: an answer with a status, or, with `afterTokens`, one in the middle of a stream. */
export interface ErrorSpec {
  /** 500 when absent. */
  readonly status?: number
  /** May hold templates, as the texts of {@link AnswerSpec} do. */
  readonly message?: string
  readonly type?: string
  readonly code?: string
  readonly param?: string
  readonly headers?: Readonly<Record<string, string>>
  /**
   * The whole body, in place of OpenAI's error object; its texts may hold templates. A value becomes
   * JSON; a string is sent as it is, as a proxy's page would be.
   */
  readonly body?: Json
  /** Streams so many tokens of the answer first, then an event with the error, and ends. */
  readonly afterTokens?: number
}

/**
 * One answer. Texts may hold templates: `{{user}}`, `{{model}}`, `{{match.1}}`,
 * `{{toolResult.member}}`, `{{header.name}}`, `{{elevenlabs_extra_body.member}}`,
 * `{{faker.person.firstName}}`. The result is the one that `when` matched, else the last. What a
 * request does not have is an error that names it, unless a section asks first:
 * `{{#toolResult.eta}}It comes at {{toolResult.eta}}.{{/toolResult.eta}}`.
 */
export interface AnswerSpec {
  readonly text?: string
  /**
   * In place of the text: what is said in several messages, as the Responses API has them. In a chat
   * completion it is one text.
   */
  readonly messages?: readonly MessageSpec[]
  /** Called at once, in parallel. */
  readonly calls?: readonly CallSpec[]
  /**
   * Sends the fragments of parallel calls in turn, instead of one call after the other, as OpenAI
   * does. LiveKit's client, and openai-node's stream helper with `zodFunction`, break on it.
   */
  readonly interleave?: boolean
  /**
   * Sent before anything else: as `reasoning_content`, or as the summary of a reasoning item, which
   * is empty where this is; encrypted, too, where a request includes that.
   */
  readonly reasoning?: string
  readonly refusal?: string
  readonly error?: ErrorSpec
  readonly finishReason?: FinishReason
  /** Replaces what the tokenizer counts; the total follows. */
  readonly usage?: Partial<Usage>
  /** Spoken at once, while the first token of the rest is waited for: "Let me see... ". */
  readonly bufferWords?: string
  /** An error, which has no tokens, comes when the first one would. */
  readonly pacing?: Pacing
  readonly fault?: string | FaultSpec
}

/** Text, an answer, or a sequence: one for each time in a conversation, then the last one again. */
export type Then = string | AnswerSpec | readonly (string | AnswerSpec)[]

/** What to answer, and when. The first scenario that matches answers. */
export interface Scenario {
  /** Names it in errors, misses and the journal. */
  readonly name?: string
  /** Always, when absent. */
  readonly when?: When
  /** A function, in TypeScript only. */
  readonly then: Then | ((request: ChatRequest, info: RequestInfo) => string | AnswerSpec)
}
