/** What must hold for a scenario to answer, as JSON Schemas that refer to each other. */
export const whenSchemas = {
  when: {
    type: 'object',
    errorMessage: 'must be an object of conditions, such as { user: hello }',
    description: 'Every condition that is given must hold.',
    additionalProperties: false,
    properties: {
      user: {
        $ref: '#/$defs/pattern',
        description: 'The text of the last user message, even an empty one.',
      },
      system: { $ref: '#/$defs/pattern', description: 'All system and developer messages.' },
      message: { $ref: '#/$defs/pattern', description: 'Any message.' },
      tool: { $ref: '#/$defs/pattern', description: 'Name of a tool that is offered.' },
      toolResult: {
        description:
          'The last result since the user last spoke, or, within "any", any of them; true when there is one, false when there is none.',
        type: ['boolean', 'object'],
        errorMessage: 'must be true, false, or an object such as { name: lookup }',
        if: { type: 'object', required: ['any'] },
        then: {
          additionalProperties: false,
          properties: { any: { $ref: '#/$defs/toolResult' } },
        },
        else: { if: { type: 'object' }, then: { $ref: '#/$defs/toolResult' } },
      },
      turn: {
        type: 'integer',
        minimum: 0,
        description: 'How many messages of the assistant the history holds.',
      },
      model: { $ref: '#/$defs/pattern', description: 'Name of the model asked for.' },
      header: {
        type: 'object',
        errorMessage: 'must be an object, such as { x-tenant: acme }',
        additionalProperties: { $ref: '#/$defs/pattern' },
      },
      elevenlabs_extra_body: {
        type: 'object',
        description: 'Members it has, with these values.',
      },
      nth: {
        type: 'integer',
        minimum: 1,
        description: 'Which time in this conversation the other conditions hold.',
      },
      attempt: {
        type: 'integer',
        minimum: 1,
        description: 'Which time this very request is sent, within its scope.',
      },
    },
  },
  toolResult: {
    type: 'object',
    errorMessage: 'must be an object such as { name: lookup }',
    additionalProperties: false,
    properties: {
      name: { $ref: '#/$defs/pattern' },
      id: { $ref: '#/$defs/pattern' },
      content: { $ref: '#/$defs/pattern' },
    },
  },
  pattern: {
    type: ['string', 'object'],
    errorMessage: 'must be a string, or an object such as { regex: "^hello" }',
    if: { type: 'object' },
    then: {
      required: ['regex'],
      additionalProperties: false,
      properties: {
        regex: {
          type: 'string',
          description: 'As in JavaScript; without backreferences, and lookaheads only behind "^".',
        },
        flags: { type: 'string', pattern: '^[dimsuv]*$' },
      },
    },
  },
} as const
